package io.github.conversations4j.internal.source;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A sink that says when it has room for what it refused, so that nobody has to guess when to offer it again. */
public interface RoomSignal {
    /**
     * Says who is told.
     *
     * @param listener called with the SID of the conversation that has room, empty for the events that belong to none; with
     *     null if all have. Must be quick and must not throw
     */
    void onRoom(Consumer<@Nullable String> listener);
}
