package io.github.conversations4j.store;

import io.github.conversations4j.error.CursorConflictException;
import io.github.conversations4j.error.OwnershipLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One transaction of a {@link JdbcCursorStore}. Confined to a thread.
 *
 * @param connection without automatic commit
 * @param sql the statements
 */
record SqlSession(Connection connection, SqlSchema sql) {
    /** How many versions one statement looks up, so that there are only two such statements to prepare. */
    private static final int TOGETHER = 50;

    /** Whether the database gave a transaction up for another one, or let another insert the same first. */
    static boolean lostARace(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("40") || state.startsWith("23"));
    }

    Ownership own(String scope) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement(sql.nextEpoch())) {
            next.setString(1, scope);
            if (next.executeUpdate() == 0) {
                insertScope(scope);
            }
        }
        return new Ownership(scope, epoch(scope));
    }

    private void insertScope(String scope) throws SQLException {
        try (PreparedStatement first = connection.prepareStatement(sql.firstEpoch())) {
            first.setString(1, scope);
            first.executeUpdate();
        }
    }

    private long epoch(String scope) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.epoch())) {
            select.setString(1, scope);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    void requireOwner(Ownership owner) throws SQLException {
        long present = epoch(owner.scope());
        if (present != owner.epoch()) {
            throw new OwnershipLostException(owner.scope(), owner.epoch(), present);
        }
    }

    /** Refuses former owners, and keeps everybody else off the scope until the transaction ends. */
    void fence(Ownership owner) throws SQLException {
        try (PreparedStatement fence = connection.prepareStatement(sql.fence())) {
            fence.setString(1, owner.scope());
            fence.setLong(2, owner.epoch());
            if (fence.executeUpdate() == 0) {
                throw new OwnershipLostException(owner.scope(), owner.epoch(), epoch(owner.scope()));
            }
        }
    }

    List<Cursor> all(Ownership owner) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.all())) {
            select.setString(1, owner.scope());
            return cursors(select);
        }
    }

    Optional<Cursor> one(Ownership owner, String conversation) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.some(1))) {
            select.setString(1, owner.scope());
            select.setString(2, conversation);
            return cursors(select).stream().findFirst();
        }
    }

    private static List<Cursor> cursors(PreparedStatement select) throws SQLException {
        List<Cursor> cursors = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                cursors.add(new Cursor(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        FactText.read(row.getString(5))));
            }
        }
        return List.copyOf(cursors);
    }

    /** Refuses cursors that were made from another state than the stored one. Called behind {@link #fence}. */
    void requireStored(Ownership owner, List<Cursor> cursors, boolean toBeThere) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        int size = cursors.size() == 1 ? 1 : TOGETHER;
        for (int from = 0; from < cursors.size(); from += size) {
            try (PreparedStatement select = connection.prepareStatement(sql.some(size))) {
                select.setString(1, owner.scope());
                for (int i = 0; i < size; i++) {
                    int each = Math.min(from + i, cursors.size() - 1);
                    select.setString(2 + i, cursors.get(each).conversation());
                }
                cursors(select).forEach(cursor -> versions.put(cursor.conversation(), cursor.version()));
            }
        }
        for (Cursor cursor : cursors) {
            long stored = versions.getOrDefault(cursor.conversation(), 0L);
            if (stored != cursor.version() || toBeThere && stored == 0) {
                throw conflict(owner, cursor);
            }
        }
    }

    private static CursorConflictException conflict(Ownership owner, Cursor cursor) {
        return new CursorConflictException(owner.scope(), cursor.conversation(), cursor.version());
    }

    void insert(Ownership owner, List<Cursor> cursors) throws SQLException {
        change(sql.insert(), owner, cursors, (statement, cursor) -> bindAll(statement, owner, cursor));
    }

    void update(Ownership owner, List<Cursor> cursors) throws SQLException {
        change(sql.update(), owner, cursors, (statement, cursor) -> {
            bindAll(statement, owner, cursor);
            statement.setLong(6, cursor.version());
        });
    }

    void delete(Ownership owner, List<Cursor> cursors) throws SQLException {
        change(sql.delete(), owner, cursors, (statement, cursor) -> {
            statement.setString(1, owner.scope());
            statement.setString(2, cursor.conversation());
            statement.setLong(3, cursor.version());
        });
    }

    private static void bindAll(PreparedStatement statement, Ownership owner, Cursor cursor) throws SQLException {
        statement.setLong(1, cursor.index());
        statement.setLong(2, cursor.time().toEpochMilli());
        statement.setString(3, FactText.write(cursor.facts()));
        statement.setString(4, owner.scope());
        statement.setString(5, cursor.conversation());
    }

    /** Puts the values of a cursor into a statement. */
    private interface Binding {
        void bind(PreparedStatement statement, Cursor cursor) throws SQLException;
    }

    private void change(String statement, Ownership owner, List<Cursor> cursors, Binding binding) throws SQLException {
        if (cursors.isEmpty()) {
            return;
        }
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (Cursor cursor : cursors) {
                binding.bind(prepared, cursor);
                prepared.addBatch();
            }
            int[] changed = prepared.executeBatch();
            // Behind the fence this can not be; a database whose fence does not hold shows it here.
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] == 0) {
                    throw conflict(owner, cursors.get(i));
                }
            }
        }
    }
}
