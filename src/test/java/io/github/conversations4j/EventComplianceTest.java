package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.source.SourceKind;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An event is declared in several places: its record, its key, its hook, its door in the context, the sources that see it,
 * and the table in the README. Whoever adds one and forgets a place is told here which.
 */
class EventComplianceTest {
    /** What a client fires itself when its sources do not. */
    private static final Set<EventType<?>> BY_THE_CLIENT = Set.of(
            EventType.INITIALIZED,
            EventType.INIT_FAILED,
            EventType.CONNECTION_STATE_CHANGED,
            EventType.CONNECTION_ERROR);

    private static Stream<Class<?>> records(Class<?> sealedType) {
        return Arrays.stream(sealedType.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : records(type));
    }

    private static String hookOf(EventType<?> type) {
        return type == EventType.INITIALIZED
                ? "onInit"
                : "on" + type.eventClass().getSimpleName();
    }

    private static boolean hasHook(Class<?> type, String name, boolean isStatic) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) == isStatic)
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Hook.class}))
                .map(Method::getName)
                .anyMatch(name::equals);
    }

    @Test
    void everyRecordHasItsKey() {
        assertThat(EventType.all().stream().map(EventType::eventClass).collect(Collectors.toSet()))
                .as("EventType has a constant for every record of ConversationsEvent, and no other")
                .isEqualTo(records(ConversationsEvent.class).collect(Collectors.toSet()));
        assertThat(EventType.all())
                .as("EventType counts in the order of all()")
                .allSatisfy(
                        type -> assertThat(EventType.all().get(type.ordinal())).isSameAs(type));
        assertThat(EventType.all()).extracting(EventType::eventName).doesNotHaveDuplicates();
    }

    @Test
    void everyEventHasItsHookAndItsDoor() {
        for (EventType<?> type : EventType.all()) {
            String hook = hookOf(type);
            boolean ofConversation = type.isConversationScoped() && type != EventType.CONVERSATION_ADDED;
            assertThat(hasHook(ofConversation ? ConversationHooks.class : Hooks.class, hook, false))
                    .as("%s has the hook %s", ofConversation ? "ConversationHooks" : "Hooks", hook)
                    .isTrue();
            assertThat(hasHook(ConversationsContext.class, hook, true))
                    .as("ConversationsContext has the door %s", hook)
                    .isTrue();
        }
    }

    @Test
    void everyHookHasItsEvent() {
        Set<String> expected = EventType.all().stream()
                .map(EventComplianceTest::hookOf)
                .collect(Collectors.toCollection(HashSet::new));
        for (Class<?> type : List.of(ConversationHooks.class, Hooks.class, ConversationsContext.class)) {
            assertThat(Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> method.getName().startsWith("on")
                                    && method.getName().length() > 2
                                    && method.getParameterCount() == 1)
                            .map(Method::getName))
                    .as("every hook of %s belongs to an event", type.getSimpleName())
                    .isSubsetOf(expected);
        }
    }

    @Test
    void everyEventIsSeenBySomebody() {
        for (EventType<?> type : EventType.all()) {
            boolean seen = BY_THE_CLIENT.contains(type)
                    || Arrays.stream(SourceKind.values())
                            .anyMatch(kind -> kind.events().contains(type));
            assertThat(seen).as("SourceKind says which source fires %s", type).isTrue();
        }
    }

    @Test
    void theReadmeListsTheHooks() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String start = "<!-- hooks:start -->\n";
        String listed = readme.substring(readme.indexOf(start) + start.length(), readme.indexOf("<!-- hooks:end -->"));
        assertThat(listed).as("README, table of hooks; paste:\n%s", table()).isEqualTo(table());
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| hook | on a `Conversation` |");
        for (SourceKind kind : SourceKind.values()) {
            table.append(' ').append(kind.sourceName()).append(" |");
        }
        table.append("\n|---|---|")
                .append("---|".repeat(SourceKind.values().length))
                .append('\n');
        for (EventType<?> type : EventType.all()) {
            boolean ofConversation = ConversationScoped.class.isAssignableFrom(type.eventClass())
                    && type != EventType.CONVERSATION_ADDED;
            table.append("| `")
                    .append(hookOf(type))
                    .append("` | ")
                    .append(ofConversation ? "yes" : "")
                    .append(" |");
            for (SourceKind kind : SourceKind.values()) {
                boolean seen = kind.events().contains(type) || BY_THE_CLIENT.contains(type);
                table.append(seen ? " yes |" : " – |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
