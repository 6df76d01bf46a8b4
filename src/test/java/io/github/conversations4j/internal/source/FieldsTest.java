package io.github.conversations4j.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.LastMessage;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.DeliverySummary.Share;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every component of a model that can change is noticed when it does. */
class FieldsTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final Map<String, String> NAMED_OTHERWISE = Map.of(
            "delivery", "DELIVERY_RECEIPT",
            "messagingBinding", "BINDINGS",
            "mine", "STATUS",
            "online", "REACHABILITY_ONLINE",
            "notifiable", "REACHABILITY_NOTIFIABLE");

    static Stream<Arguments> components() {
        return Stream.of(
                        Stream.of(Message.class.getRecordComponents()).map(part -> Arguments.of(Fields.MESSAGE, part)),
                        Stream.of(Participant.class.getRecordComponents())
                                .map(part -> Arguments.of(Fields.PARTICIPANT, part)),
                        Stream.of(ConversationSnapshot.class.getRecordComponents())
                                .map(part -> Arguments.of(Fields.CONVERSATION, part)),
                        Stream.of(User.class.getRecordComponents()).map(part -> Arguments.of(Fields.USER, part)))
                .flatMap(all -> all);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("components")
    <T, R extends Enum<R>> void a_change_of_it_has_a_reason_and_no_change_has_none(
            Fields<T, R> fields, RecordComponent component) throws Exception {
        @SuppressWarnings("unchecked")
        Class<T> model = (Class<T>) component.getDeclaringRecord();
        T before = make(model, null);
        T after = make(model, component);
        assertThat(fields.changed(before, make(model, null), true)).isEmpty();
        assertThat(fields.changed(before, after, true)).containsExactly(expected(fields, component.getName()));
        assertThat(fields.changed(before, after, false).contains(fields.unknown()))
                .as("another source may just not say it")
                .isFalse();
    }

    private static <R extends Enum<R>> R expected(Fields<?, R> fields, String component) {
        String name = NAMED_OTHERWISE.getOrDefault(
                component, component.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
        return Stream.of(fields.reasons().getEnumConstants())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElse(fields.unknown());
    }

    /** A record of which every component has a value, and one of them another. */
    private static <T> T make(Class<T> model, @Nullable RecordComponent other) throws Exception {
        RecordComponent[] components = model.getRecordComponents();
        Constructor<T> constructor = model.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(Arrays.stream(components)
                .map(component -> value(
                        component.getType(),
                        other != null && component.getName().equals(other.getName())))
                .toArray());
    }

    private static Object value(Class<?> type, boolean other) {
        if (type == String.class) {
            return other ? "other" : "text";
        } else if (type == int.class || type == Integer.class) {
            return other ? 2 : 1;
        } else if (type == Boolean.class) {
            return other;
        } else if (type == Instant.class) {
            return other ? TIME.plusSeconds(60) : TIME;
        } else if (type == Attributes.class) {
            return Attributes.of(other ? "{\"a\":1}" : null);
        } else if (type == List.class) {
            return other
                    ? List.of(
                            Media.builder("ME00000000000000000000000000000001").build())
                    : List.of();
        } else if (type == ConversationState.class) {
            return other ? ConversationState.CLOSED : ConversationState.ACTIVE;
        } else if (type == LastMessage.class) {
            return new LastMessage(other ? 1 : 0, TIME);
        } else if (type == MyConversation.class) {
            return new MyConversation(other, null, null);
        } else if (type == DeliverySummary.class) {
            return new DeliverySummary(
                    2, other ? Share.ALL : Share.SOME, Share.NONE, Share.NONE, Share.NONE, Share.NONE);
        } else if (type == MessagingBinding.class) {
            return MessagingBinding.builder()
                    .address(other ? "+15550002" : "+15550001")
                    .build();
        }
        throw new AssertionError("teach this test to make a " + type);
    }
}
