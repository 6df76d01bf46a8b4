package io.github.conversations4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.ParticipantChange;
import io.github.conversations4j.model.Role;
import io.github.conversations4j.model.UserChange;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public command refuses null, blank and foreign SIDs before any call is made. The commands are found by reflection,
 * so that a new one is held to it too.
 */
class RefusedArgumentsTest {
    private static final String DIGITS = "0".repeat(31) + "1";
    private static final String CHAT = "CH" + DIGITS;
    /** A method that gives one of these asks Twilio, or is the way to something that does. */
    private static final Set<Class<?>> COMMAND = Set.of(
            Deferred.class, PendingMessage.class, Upload.class, AttributeKeys.class, Conversation.class, Person.class);

    /** Gives something that is taken, for each type that a command asks for. */
    private static final Map<Class<?>, Object> GOOD = good();

    /** What may be any text that is not blank. */
    private static final Set<String> FREE = Set.of("body", "friendlyName", "key", "address", "proxyAddress");

    /** Gives what is whole and has something wrong in it, for each type that has parts. */
    private static final Map<Class<?>, List<Object>> BAD = bad();

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final OkHttpClient NETWORK = new OkHttpClient.Builder()
            .addInterceptor(chain -> {
                CALLS.incrementAndGet();
                throw new IOException("there is no network");
            })
            .build();

    private static ConversationsClient client;

    private static Map<Class<?>, Object> good() {
        Map<Class<?>, Object> good = new HashMap<>();
        good.put(int.class, 1);
        good.put(Integer.class, 1);
        good.put(Object.class, "x");
        good.put(Message.class, Message.builder("IM" + DIGITS, CHAT, 0).build());
        good.put(List.class, List.of());
        good.put(NewMedia.class, NewMedia.of(new byte[1], "text/plain"));
        good.put(Set.class, Set.of("sendMessage"));
        good.put(Role.Scope.class, Role.Scope.SERVICE);
        good.put(NotificationLevel.class, NotificationLevel.MUTED);
        good.put(NewMessage.class, NewMessage.text("x"));
        good.put(NewParticipant.class, NewParticipant.chat("bob"));
        good.put(
                NewConversation.class, NewConversation.builder().uniqueName("x").build());
        good.put(ConversationChange.class, ConversationChange.builder().build());
        good.put(MessageChange.class, MessageChange.builder().body("x").build());
        good.put(ParticipantChange.class, ParticipantChange.builder().build());
        good.put(UserChange.class, UserChange.builder().build());
        good.put(Attributes.class, Attributes.EMPTY);
        good.put(WebhookRegistration.class, WebhookRegistration.onService());
        return good;
    }

    private static Map<Class<?>, List<Object>> bad() {
        Map<Class<?>, List<Object>> bad = new HashMap<>();
        for (String wrong : List.of("", " ", "WH" + DIGITS, "ME1")) {
            add(bad, NewMessage.builder().mediaSids(List.of(wrong)).build());
            add(bad, NewMessage.builder().contentSid(wrong).build());
            add(bad, NewParticipant.builder().identity("bob").roleSid(wrong).build());
            add(bad, ParticipantChange.builder().roleSid(wrong).build());
            add(bad, UserChange.builder().roleSid(wrong).build());
            add(
                    bad,
                    NewConversation.builder()
                            .uniqueName("x")
                            .messagingServiceSid(wrong)
                            .build());
            add(bad, ConversationChange.builder().messagingServiceSid(wrong).build());
        }
        add(bad, NewParticipant.address(" ", "+15550100"));
        add(bad, NewParticipant.address("+15550001", ""));
        return bad;
    }

    private static void add(Map<Class<?>, List<Object>> bad, Object value) {
        bad.computeIfAbsent(value.getClass(), type -> new ArrayList<>()).add(value);
    }

    @BeforeAll
    static void start() {
        client = ConversationsClient.wired(
                ClientOptions.backend(Credentials.builder("AC" + DIGITS)
                                .apiKey("SK" + DIGITS, "secret")
                                .build())
                        .httpClient(NETWORK)
                        .build(),
                wired -> {});
    }

    @AfterAll
    static void stop() {
        client.close();
        NETWORK.dispatcher().executorService().shutdown();
    }

    private static List<Object> commands() {
        Conversation chat = client.as("alice").conversation(CHAT);
        return List.of(
                client,
                chat,
                client.conversations(),
                chat.messages(),
                chat.participants(),
                client.users(),
                client.roles(),
                client.media(),
                client.webhooks(),
                client.as("alice"),
                chat.attributes());
    }

    /** Every command with every parameter that can be wrong. */
    static Stream<Arguments> parameters() {
        return commands().stream()
                .flatMap(target -> Arrays.stream(target.getClass().getDeclaredMethods())
                        .filter(method ->
                                Modifier.isPublic(method.getModifiers()) && COMMAND.contains(method.getReturnType()))
                        .flatMap(method -> Arrays.stream(method.getParameters())
                                .filter(parameter -> !parameter.getType().isPrimitive()
                                        && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class))
                                .map(parameter -> Arguments.of(
                                        Named.of(target.getClass().getSimpleName(), target),
                                        Named.of(method.getName(), method),
                                        Named.of(parameter.getName(), parameter)))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("parameters")
    void wrong_arguments_are_refused_by_name_before_any_call(Object target, Method method, Parameter parameter) {
        assertThat(parameter.isNamePresent()).as("compiled with -parameters").isTrue();
        int calls = CALLS.get();
        for (Object wrong : wrongFor(parameter)) {
            Throwable refusal = catchThrowable(() -> call(target, method, parameter, wrong));

            assertThat(refusal)
                    .as("%s = %s", parameter.getName(), wrong)
                    .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class)
                    .hasMessageMatching("[A-Za-z ]+: .*");
        }
        assertThat(CALLS).as("calls").hasValue(calls);
    }

    @Test
    void what_is_missing_in_a_builder_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> NewMessage.builder().attributes(null).build())
                .withMessage("attributes: must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> NewParticipant.builder().attributes(null).build())
                .withMessage("attributes: must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> NewConversation.builder().attributes(null).build())
                .withMessage("attributes: must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> NewMessage.builder().mediaSids(null).build())
                .withMessageContaining("media SIDs");
        assertThatNullPointerException()
                .isThrownBy(() -> NewMessage.builder()
                        .mediaSids(Collections.singletonList(null))
                        .build())
                .withMessageContaining("media SIDs");
        assertThatNullPointerException()
                .isThrownBy(() -> NewMessage.builder().contentVariables(null).build())
                .withMessageContaining("content variables");
    }

    @Test
    void hooks_and_options_that_are_missing_are_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> client.onMessageAdded(null))
                .withMessage("hook: must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> client.conversation(CHAT).onRead(null))
                .withMessage("hook: must not be null");
        assertThatNullPointerException().isThrownBy(() -> client.supports(null)).withMessage("type: must not be null");
        assertThatNullPointerException().isThrownBy(() -> client.close(null)).withMessage("limit: must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> ConversationsClient.start(null))
                .withMessage("options: must not be null");
        assertThat(client.isClosed()).isFalse();
    }

    private static List<Object> wrongFor(Parameter parameter) {
        List<Object> wrong = new ArrayList<>();
        wrong.add(null);
        wrong.addAll(BAD.getOrDefault(parameter.getType(), List.of()));
        if (parameter.getType() == String.class) {
            wrong.add("");
            wrong.add(" \t");
            if (!FREE.contains(parameter.getName())) {
                wrong.add("WH" + DIGITS);
            }
        }
        return wrong;
    }

    private static void call(Object target, Method method, Parameter wrongParameter, Object wrong) throws Throwable {
        Object[] arguments = Arrays.stream(method.getParameters())
                .map(parameter -> parameter.equals(wrongParameter) ? wrong : good(target, parameter))
                .toArray();
        try {
            method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object good(Object target, Parameter parameter) {
        if (parameter.getType() != String.class) {
            return requireNonNull(GOOD.get(parameter.getType()), () -> "no sample of " + parameter.getType());
        }
        String name = parameter.getName();
        boolean sid = name.equals("sid");
        return sid && target instanceof Messages
                ? "IM" + DIGITS
                : sid && target instanceof Roles ? "RL" + DIGITS : sid ? CHAT : name;
    }
}
