package io.github.conversations4j.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A change of a {@link CursorTable} as the log keeps it. Immutable. */
sealed interface LogRecord {
    /** Who made the change. */
    Ownership owner();

    /** A scope was taken over. */
    record Owned(Ownership owner) implements LogRecord {}

    /** Cursors were saved; they are as stored. */
    record Saved(Ownership owner, List<Cursor> cursors) implements LogRecord {}

    /** Cursors were removed. */
    record Removed(Ownership owner, List<String> conversations) implements LogRecord {}

    /** What was read is none of the records that this version of the library knows. */
    final class UnknownRecordException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownRecordException(String message) {
            super(message);
        }
    }

    /** Changes a table as the change that this record stands for. One by a former owner changes nothing. */
    default void applyTo(CursorTable table) {
        if (this instanceof Owned) {
            table.own(owner().scope(), owner().epoch());
        } else if (!table.isOwner(owner())) {
            return;
        } else if (this instanceof Saved saved) {
            table.put(owner(), saved.cursors());
        } else if (this instanceof Removed removed) {
            table.remove(owner(), removed.conversations());
        }
    }

    /** The record as bytes, without length and checksum. */
    default byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(type());
            out.writeUTF(owner().scope());
            out.writeLong(owner().epoch());
            if (this instanceof Saved saved) {
                out.writeInt(saved.cursors().size());
                for (Cursor cursor : saved.cursors()) {
                    write(cursor, out);
                }
            } else if (this instanceof Removed removed) {
                out.writeInt(removed.conversations().size());
                for (String conversation : removed.conversations()) {
                    out.writeUTF(conversation);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory that can not be written", e);
        }
        return bytes.toByteArray();
    }

    private byte type() {
        return this instanceof Owned ? Types.OWNED : this instanceof Saved ? Types.SAVED : Types.REMOVED;
    }

    /** First bytes of the records. */
    final class Types {
        private static final byte OWNED = 1;
        private static final byte SAVED = 2;
        private static final byte REMOVED = 3;

        private Types() {}
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws UnknownRecordException if a later version wrote it; its checksum was right
     */
    static LogRecord read(byte[] bytes) throws UnknownRecordException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte type = in.readByte();
            if (type < Types.OWNED || type > Types.REMOVED) {
                throw new UnknownRecordException("a record of type " + type);
            }
            Ownership owner = new Ownership(in.readUTF(), in.readLong());
            LogRecord record = type == Types.OWNED
                    ? new Owned(owner)
                    : type == Types.SAVED ? new Saved(owner, readCursors(in)) : new Removed(owner, readNames(in));
            if (in.read() >= 0) {
                throw new UnknownRecordException("a record of type " + type + " with more in it");
            }
            return record;
        } catch (IOException | IllegalArgumentException e) {
            throw new UnknownRecordException("a record with something else in it: " + e.getMessage());
        }
    }

    private static List<Cursor> readCursors(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Cursor> cursors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String conversation = in.readUTF();
            long index = in.readLong();
            long version = in.readLong();
            Instant time = Instant.ofEpochMilli(in.readLong());
            Map<String, Long> facts = new HashMap<>();
            for (int left = in.readByte(); left > 0; left--) {
                facts.put(in.readUTF(), in.readLong());
            }
            cursors.add(new Cursor(conversation, index, version, time, facts));
        }
        return cursors;
    }

    private static void write(Cursor cursor, DataOutputStream out) throws IOException {
        out.writeUTF(cursor.conversation());
        out.writeLong(cursor.index());
        out.writeLong(cursor.version());
        out.writeLong(cursor.time().toEpochMilli());
        out.writeByte(cursor.facts().size());
        for (Map.Entry<String, Long> fact : cursor.facts().entrySet()) {
            out.writeUTF(fact.getKey());
            out.writeLong(fact.getValue());
        }
    }

    private static List<String> readNames(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }
}
