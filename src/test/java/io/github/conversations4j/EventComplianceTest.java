package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.source.SourceKind;
import io.github.conversations4j.tests.FakeSource;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An event is declared in several places: its record, its key, its hook, its door in the context, the sources that see it,
 * and the table in the README. Whoever adds one and forgets a place is told here which.
 */
class EventComplianceTest {
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
    void everyRecordSaysItsKey() throws ReflectiveOperationException {
        for (EventType<?> type : EventType.all()) {
            assertThat(emptyEvent(type.eventClass()).type())
                    .as("what %s.type() returns", type.eventClass().getSimpleName())
                    .isSameAs(type);
        }
    }

    private static ConversationsEvent emptyEvent(Class<? extends ConversationsEvent> record)
            throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Map<Class<?>, Object> needed = Map.of(Set.class, Set.of(), Map.class, Map.of(), boolean.class, false);
        return record.getDeclaredConstructor(types)
                .newInstance(Arrays.stream(types).map(needed::get).toArray());
    }

    @Test
    void everyHookRegistersForItsEvent() throws ReflectiveOperationException {
        List<EventType<?>> registered = new ArrayList<>();
        Hooks recording = new RecordingHooks(registered);
        for (EventType<?> type : EventType.all()) {
            Hooks.class.getMethod(hookOf(type), Hook.class).invoke(recording, (Hook<Object>) event -> {});
            assertThat(registered.get(registered.size() - 1))
                    .as("what the hook %s registers for", hookOf(type))
                    .isSameAs(type);
        }
    }

    @Test
    void everyDoorLooksLikeItsHook() throws ReflectiveOperationException {
        for (EventType<?> type : EventType.all()) {
            Method hook = Hooks.class.getMethod(hookOf(type), Hook.class);
            Method door = ConversationsContext.class.getMethod(hookOf(type), Hook.class);
            assertThat(List.of(door.getGenericParameterTypes()[0], door.getGenericReturnType()))
                    .as("what the door %s of ConversationsContext takes and gives", hookOf(type))
                    .containsExactly(hook.getGenericParameterTypes()[0], hook.getGenericReturnType());
        }
    }

    @Test
    void everyDoorLeadsToItsHook() throws ReflectiveOperationException {
        for (EventType<?> type : EventType.all()) {
            ConversationsContext.class.getMethod(hookOf(type), Hook.class).invoke(null, (Hook<Object>) event -> {});
        }
        String all = EventType.all().stream()
                .filter(type -> !ClientRuntime.OWN_EVENTS.contains(type))
                .map(EventComplianceTest::hookOf)
                .collect(Collectors.joining(", "));
        ClientOptions options =
                new ClientFixture().options(new FakeSource("deaf")).build();
        assertThatThrownBy(() -> ConversationsContext.initialize(options))
                .as("all hooks that were registered through doors, by the names of the events they registered for")
                .hasMessageStartingWith(all + ": deaf can never fire this");
        ConversationsContext.close();
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
            boolean seen = ClientRuntime.OWN_EVENTS.contains(type)
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
                boolean seen = kind.events().contains(type) || ClientRuntime.OWN_EVENTS.contains(type);
                table.append(seen ? " yes |" : " – |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static final Subscription NOTHING = new Subscription() {
        @Override
        public void unsubscribe() {}

        @Override
        public boolean isActive() {
            return false;
        }
    };

    /** Notes what it is asked to register. */
    private record RecordingHooks(List<EventType<?>> registered) implements Hooks {
        @Override
        public <E extends ConversationsEvent> Subscription on(EventType<E> type, Hook<? super E> hook) {
            registered.add(type);
            return NOTHING;
        }

        @Override
        public <E extends ConversationsEvent> Subscription onAsync(EventType<E> type, AsyncHook<? super E> hook) {
            throw new AssertionError("hooks register plainly");
        }
    }
}
