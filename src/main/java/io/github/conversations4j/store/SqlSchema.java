package io.github.conversations4j.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two tables of a {@link JdbcCursorStore} and what is asked of them, in SQL that every database speaks. Immutable.
 *
 * @param prefix what the names of the tables begin with
 */
record SqlSchema(String prefix) {
    private static final Logger log = LoggerFactory.getLogger(SqlSchema.class);
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,19}(\\.[a-zA-Z][a-zA-Z0-9_]{0,19})?");

    SqlSchema {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "table prefix: must be letters, digits and underscores, after the name of"
                            + " a schema and a dot if need be, was \"" + prefix + '"');
        }
    }

    String scopes() {
        return prefix + "scopes";
    }

    String cursors() {
        return prefix + "cursors";
    }

    /** NUMERIC, because not every database has BIGINT; no default, no index but the keys, no type that differs. */
    List<String> creation() {
        return List.of(
                "CREATE TABLE " + scopes() + " (scope_name VARCHAR(128) NOT NULL PRIMARY KEY,"
                        + " epoch NUMERIC(19) NOT NULL, writes NUMERIC(19) NOT NULL)",
                "CREATE TABLE " + cursors() + " (scope_name VARCHAR(128) NOT NULL, conversation VARCHAR(64) NOT NULL,"
                        + " last_index NUMERIC(19) NOT NULL, cursor_version NUMERIC(19) NOT NULL,"
                        + " moved_at NUMERIC(19) NOT NULL, facts VARCHAR(500),"
                        + " PRIMARY KEY (scope_name, conversation))");
    }

    /** Makes the tables that are not there; another process may be doing the same. */
    void create(Connection connection) throws SQLException {
        create(connection, scopes(), creation().get(0));
        create(connection, cursors(), creation().get(1));
    }

    private static void create(Connection connection, String table, String statement) throws SQLException {
        if (isThere(connection, table)) {
            return;
        }
        try (Statement creation = connection.createStatement()) {
            creation.executeUpdate(statement);
        } catch (SQLException e) {
            if (!isThere(connection, table)) {
                throw e;
            }
        }
    }

    private static boolean isThere(Connection connection, String table) {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT COUNT(*) FROM " + table + " WHERE 1 = 0")
                    .close();
            return true;
        } catch (SQLException e) {
            log.debug("{} can not be read, so it is to be made", table, e);
            return false;
        }
    }

    String nextEpoch() {
        return "UPDATE " + scopes() + " SET epoch = epoch + 1 WHERE scope_name = ?";
    }

    String firstEpoch() {
        return "INSERT INTO " + scopes() + " (scope_name, epoch, writes) VALUES (?, 1, 0)";
    }

    String epoch() {
        return "SELECT epoch FROM " + scopes() + " WHERE scope_name = ?";
    }

    /**
     * Says that the owner is the right one, and keeps others off until the end of the transaction. It counts so that the
     * row really changes: some databases report rows that stayed as they were as not updated.
     */
    String fence() {
        return "UPDATE " + scopes() + " SET writes = writes + 1 WHERE scope_name = ? AND epoch = ?";
    }

    String all() {
        return "SELECT conversation, last_index, cursor_version, moved_at, facts FROM " + cursors()
                + " WHERE scope_name = ?";
    }

    String some(int count) {
        return all() + " AND conversation IN (?" + ", ?".repeat(count - 1) + ')';
    }

    String insert() {
        return "INSERT INTO " + cursors()
                + " (last_index, moved_at, facts, scope_name, conversation, cursor_version) VALUES (?, ?, ?, ?, ?, 1)";
    }

    String update() {
        return "UPDATE " + cursors()
                + " SET last_index = ?, moved_at = ?, facts = ?, cursor_version = cursor_version + 1"
                + " WHERE scope_name = ? AND conversation = ? AND cursor_version = ?";
    }

    String delete() {
        return "DELETE FROM " + cursors() + " WHERE scope_name = ? AND conversation = ? AND cursor_version = ?";
    }
}
