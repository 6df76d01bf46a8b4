package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.testing.ManualTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/** An account with manual time and one conversation called general, whose changes are written down. */
final class StateBench {
    static final Cause REST = Cause.rest(true);
    static final String GENERAL = "general";

    final ManualTime time = new ManualTime();
    final Twilio twilio;
    final ChatService service;
    final List<Change> changes = new CopyOnWriteArrayList<>();

    StateBench() {
        this(Behaviour.DEFAULT);
    }

    StateBench(Behaviour behaviour) {
        twilio = new Twilio(
                "AC0123456789abcdef0123456789abcdef",
                "IS0123456789abcdef0123456789abcdef",
                behaviour,
                time,
                time,
                new SplittableRandom(1));
        service = twilio.service();
        service.conversations().create(REST, new ConversationDraft().uniqueName(GENERAL));
        twilio.listen(changes::add);
    }

    StoredMessage say(String text) {
        return service.messages().add(REST, GENERAL, MessageDraft.text(text));
    }

    StoredParticipant join(String identity) {
        return service.participants().add(REST, GENERAL, ParticipantDraft.chat(identity));
    }

    StoredConversation general() {
        return service.conversations().get(GENERAL);
    }

    <C extends Change> List<C> changes(Class<C> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
