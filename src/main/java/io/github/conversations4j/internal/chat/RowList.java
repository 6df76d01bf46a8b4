package io.github.conversations4j.internal.chat;

import io.github.conversations4j.ChatListChange;
import io.github.conversations4j.ChatRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order of a chat list, the one with the last activity first. REST tells whole seconds: of two with activity in the
 * same second the one stands first that changed last. Not thread-safe.
 */
final class RowList {
    private static final Comparator<ChatRow> BY_ACTIVITY =
            Comparator.comparing(RowList::activity).reversed().thenComparing(ChatRow::conversationSid);

    private final Map<String, ChatRow> bySid = new HashMap<>();
    private final List<ChatRow> rows = new ArrayList<>();

    static List<ChatRow> sorted(List<ChatRow> rows) {
        return rows.stream().sorted(BY_ACTIVITY).toList();
    }

    void addAll(List<ChatRow> more) {
        more.forEach(row -> bySid.put(row.conversationSid(), row));
        rows.addAll(more);
        rows.sort(BY_ACTIVITY);
    }

    /** Puts a row where it belongs; null if it stands there already. */
    @Nullable
    ChatListChange put(ChatRow row) {
        ChatRow before = bySid.put(row.conversationSid(), row);
        if (row.equals(before)) {
            return null;
        }
        int place = before == null ? -1 : rows.indexOf(before);
        if (before != null
                && second(row).equals(second(before))
                && !activity(row).isAfter(activity(before))) {
            rows.set(place, row);
            return new ChatListChange.Row(row, place);
        }
        if (before != null) {
            rows.remove(place);
        }
        place = 0;
        while (place < rows.size() && second(rows.get(place)).isAfter(second(row))) {
            place++;
        }
        rows.add(place, row);
        return new ChatListChange.Row(row, place);
    }

    private static Instant activity(ChatRow row) {
        return Objects.requireNonNullElse(row.lastActivity(), Instant.EPOCH);
    }

    private static Instant second(ChatRow row) {
        return activity(row).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Takes a row out; null if there is none. */
    @Nullable
    ChatListChange remove(String sid) {
        ChatRow before = bySid.remove(sid);
        if (before == null) {
            return null;
        }
        rows.remove(before);
        return new ChatListChange.Gone(sid);
    }

    List<ChatRow> rows() {
        return List.copyOf(rows);
    }
}
