package io.github.conversations4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.error.CursorStoreException;
import io.github.conversations4j.error.OwnershipLostException;
import io.github.conversations4j.testing.CursorStoreContract;
import io.github.conversations4j.testing.CursorStoreRaces;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcCursorStoreTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private final JdbcDataSource database = new JdbcDataSource();
    /** The database is in memory and lives as long as this. */
    private Connection life;

    @BeforeEach
    void startDatabase() throws SQLException {
        database.setURL("jdbc:h2:mem:" + System.identityHashCode(this) + ";LOCK_TIMEOUT=20000");
        life = database.getConnection();
    }

    @AfterEach
    void stopDatabase() throws SQLException {
        life.close();
    }

    private JdbcCursorStore store() {
        return new JdbcCursorStore(database).createTables();
    }

    @Nested
    class Contract extends CursorStoreContract {
        @Override
        protected CursorStore open() {
            return store();
        }

        @Override
        protected boolean survivesClosing() {
            return true;
        }
    }

    @Nested
    class Races extends CursorStoreRaces {
        @Override
        protected CursorStore open() {
            return store();
        }

        @Override
        protected CursorStore openForRival(CursorStore first) {
            return store();
        }
    }

    @Test
    void twoProcessesNoticeEachOther() {
        try (CursorStore one = store();
                CursorStore other = store()) {
            Ownership former = one.own("s");
            Cursor saved = one.save(former, Cursor.of("CH1", NOW));
            Ownership present = other.own("s");

            assertThatExceptionOfType(OwnershipLostException.class)
                    .isThrownBy(() -> one.save(former, saved.at(1, NOW)))
                    .satisfies(lost -> assertThat(lost.currentEpoch()).isEqualTo(present.epoch()));
            assertThat(other.readAll(present)).containsExactly(saved);
        }
    }

    @Test
    void givesConnectionsBackAsTheyWere() throws SQLException {
        life.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        LentConnection lent = new LentConnection(life);
        JdbcCursorStore store = new JdbcCursorStore(lent.source()).createTables();
        Ownership owner = store.own("s");
        store.save(owner, Cursor.of("CH1", NOW));
        assertThatExceptionOfType(OwnershipLostException.class).isThrownBy(() -> store.readAll(new Ownership("s", 9)));

        assertThat(life.getAutoCommit()).isTrue();
        assertThat(life.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(lent.given()).isEqualTo(lent.takenBack()).isEqualTo(4);
    }

    @Test
    void saysWhatToDoWithoutTables() {
        JdbcCursorStore store = new JdbcCursorStore(database);

        assertThatExceptionOfType(CursorStoreException.class)
                .isThrownBy(() -> store.own("s"))
                .withMessageContaining("could not take over s (SQL state 42S")
                .withMessageContaining("createTables()")
                .withCauseInstanceOf(SQLException.class);
    }

    @Test
    void usesTablesMadeFromItsSchemaUnderAnotherName() throws SQLException {
        try (Statement sql = life.createStatement()) {
            sql.execute("CREATE SCHEMA chat");
            for (String statement : new JdbcCursorStore(database, "chat.delivery_").schema()) {
                sql.execute(statement);
            }
        }
        try (CursorStore store = new JdbcCursorStore(database, "chat.delivery_").createTables()) {
            Ownership owner = store.own("s");
            Cursor saved = store.save(owner, Cursor.of("CH1", NOW).with("b", 2).with("a", -1));
            assertThat(store.readAll(owner)).containsExactly(saved);
        }
        try (Statement sql = life.createStatement();
                var row = sql.executeQuery("SELECT facts FROM chat.delivery_cursors")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("a=-1,b=2");
        }
    }

    @Test
    void refusesPrefixesThatAreMoreThanAName() {
        for (String prefix : new String[] {"", "a b", "a;DROP TABLE x", "a.b.c", "1a", "\"a"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new JdbcCursorStore(database, prefix))
                    .withMessageStartingWith("table prefix: ");
        }
    }

    @Test
    void factsAreOneColumn() {
        assertThat(FactText.write(Map.of())).isNull();
        assertThat(FactText.read(null)).isEmpty();
        assertThat(FactText.read("")).isEmpty();
        assertThat(FactText.read("a=1,b=-2")).isEqualTo(Map.of("a", 1L, "b", -2L));
        assertThatIllegalArgumentException().isThrownBy(() -> FactText.read("a"));
    }
}
