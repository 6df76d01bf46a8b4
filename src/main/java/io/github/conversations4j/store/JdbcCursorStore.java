package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a database, through any JDBC {@link DataSource}; several processes may use it at the same time, and one that
 * takes a scope over is noticed by the one before. Thread-safe.
 *
 * <p>Every call borrows a connection, runs one transaction at {@code READ COMMITTED}, and gives the connection back as it
 * was; it blocks for as long as the database takes, so give the data source a pool and time limits. A change is as safe as
 * the database makes a commit. A transaction first counts up a row of its scope, which puts writers of one scope in line.
 *
 * <p>Two tables are used, {@code c4j_scopes} and {@code c4j_cursors} unless another prefix is set. {@link #createTables}
 * makes them, or {@link #schema} says what to put into a migration. Only {@code java.sql} is used, and SQL that every
 * database speaks; tried with H2, and by nobody yet with others.
 */
public final class JdbcCursorStore implements CursorStore {
    private static final Logger log = LoggerFactory.getLogger(JdbcCursorStore.class);
    private static final String DEFAULT_PREFIX = "c4j_";
    private static final int TRIES = 3;

    private final DataSource source;
    private final SqlSchema sql;
    /** Written by close, read at the start of every call. */
    private volatile boolean closed;

    /**
     * Makes a store on tables that begin with {@code c4j_}. Nothing is connected before the first call.
     *
     * @param source gives connections; never closed by the library
     */
    public JdbcCursorStore(DataSource source) {
        this(source, DEFAULT_PREFIX);
    }

    /**
     * Makes a store. Nothing is connected before the first call.
     *
     * @param source gives connections; never closed by the library
     * @param tablePrefix what the names of the tables begin with: letters, digits and underscores, after the name of a
     *     schema and a dot if need be
     */
    public JdbcCursorStore(DataSource source, String tablePrefix) {
        this.source = source;
        this.sql = new SqlSchema(tablePrefix);
    }

    /**
     * Makes the tables, unless they are there.
     *
     * @return this
     * @throws CursorStoreException if the database refuses
     */
    public JdbcCursorStore createTables() {
        requireOpen();
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                sql.create(connection);
            } finally {
                connection.setAutoCommit(before);
            }
            return this;
        } catch (SQLException e) {
            throw failed("make the tables " + sql.scopes() + " and " + sql.cursors(), e);
        }
    }

    /**
     * The statements that make the tables, for a migration of your own.
     *
     * @return two statements without a semicolon
     */
    public List<String> schema() {
        return sql.creation();
    }

    @Override
    public Ownership own(String scope) {
        Ownership.requireScope(scope);
        return run("take over " + scope, session -> session.own(scope));
    }

    @Override
    public List<Cursor> readAll(Ownership owner) {
        return run("read the cursors of " + owner.scope(), session -> {
            session.requireOwner(owner);
            return session.all(owner);
        });
    }

    @Override
    public Optional<Cursor> read(Ownership owner, String conversation) {
        return run("read the cursor of " + conversation, session -> {
            session.requireOwner(owner);
            return session.one(owner, conversation);
        });
    }

    @Override
    public List<Cursor> save(Ownership owner, List<Cursor> cursors) {
        CursorStore.requireBatch(cursors);
        return run("save cursors of " + owner.scope(), session -> {
            session.fence(owner);
            session.requireStored(owner, cursors, false);
            session.insert(
                    owner, cursors.stream().filter(each -> each.version() == 0).toList());
            session.update(
                    owner, cursors.stream().filter(each -> each.version() > 0).toList());
            return cursors.stream().map(Cursor::stored).toList();
        });
    }

    @Override
    public void remove(Ownership owner, List<Cursor> cursors) {
        CursorStore.requireBatch(cursors);
        run("remove cursors of " + owner.scope(), session -> {
            session.fence(owner);
            session.requireStored(owner, cursors, true);
            session.delete(owner, cursors);
            return cursors;
        });
    }

    /** What is done in one transaction. */
    private interface Work<T> {
        T in(SqlSession session) throws SQLException;
    }

    /** Runs a transaction, and again if the database gave it up in favour of another; then it did nothing. */
    private <T> T run(String what, Work<T> work) {
        for (int tries = 1; ; tries++) {
            requireOpen();
            try (Connection connection = source.getConnection()) {
                return inTransaction(connection, work);
            } catch (SQLException e) {
                if (tries == TRIES || !SqlSession.lostARace(e)) {
                    throw failed(what, e);
                }
                log.debug("{}: the database chose another transaction, asking again", what, e);
            }
        }
    }

    private <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        int isolation = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        try {
            T result = work.in(new SqlSession(connection, sql));
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            rollback(connection, e);
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
            connection.setTransactionIsolation(isolation);
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new CursorStoreException("cursor store in a database: it is closed. Make a new one");
        }
    }

    /** Without the text of the driver, which may name the user and more; it is in the cause. */
    private static CursorStoreException failed(String what, SQLException e) {
        return new CursorStoreException(
                "cursor store in a database: could not " + what + " (SQL state " + e.getSQLState() + ", code "
                        + e.getErrorCode() + "). Are the tables there? See createTables() and schema()",
                e);
    }

    /** Takes no more calls; those under way go on. The data source stays open. */
    @Override
    public void close() {
        closed = true;
    }
}
