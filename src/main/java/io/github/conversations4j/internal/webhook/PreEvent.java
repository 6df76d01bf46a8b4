package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.DraftType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Twilio asks before it happens, each with the draft that it becomes. */
enum PreEvent {
    CONVERSATION_ADD(DraftType.CONVERSATION_ADDED, DraftReader::conversation),
    CONVERSATION_UPDATE(DraftType.CONVERSATION_UPDATED, DraftReader::conversation),
    CONVERSATION_REMOVE(DraftType.CONVERSATION_REMOVED, DraftReader::conversationRemoval),
    MESSAGE_ADD(DraftType.MESSAGE_ADDED, DraftReader::message),
    MESSAGE_UPDATE(DraftType.MESSAGE_UPDATED, DraftReader::message),
    MESSAGE_REMOVE(DraftType.MESSAGE_REMOVED, DraftReader::messageRemoval),
    PARTICIPANT_ADD(DraftType.PARTICIPANT_JOINED, DraftReader::participant),
    PARTICIPANT_UPDATE(DraftType.PARTICIPANT_UPDATED, DraftReader::participant),
    PARTICIPANT_REMOVE(DraftType.PARTICIPANT_LEFT, DraftReader::participant),
    USER_UPDATE(DraftType.USER_UPDATED, DraftReader::user);

    private static final Map<String, PreEvent> BY_NAME = new HashMap<>();

    static {
        for (PreEvent event : values()) {
            BY_NAME.put(event.type.webhook(), event);
        }
    }

    private final DraftType<?> type;
    private final Function<Parameters, Draft> reader;

    PreEvent(DraftType<?> type, Function<Parameters, Draft> reader) {
        this.type = type;
        this.reader = reader;
    }

    static @Nullable PreEvent named(String twilioName) {
        return BY_NAME.get(twilioName);
    }

    DraftType<?> type() {
        return type;
    }

    /** Reads the draft; throws {@link UnreadableEventException} if something is missing that it cannot do without. */
    Draft read(Parameters parameters) {
        return reader.apply(parameters);
    }
}
