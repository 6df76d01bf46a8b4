package io.github.conversations4j.internal.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.model.Attributes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeChangeTest {
    private Attributes stored = Attributes.of("{\"other\":1}");
    private int writes;

    /** Changes attributes that somebody else changes right after each write. */
    private AttributeChange change(UnaryOperator<Attributes> somebodyElse) {
        return new AttributeChange("conversation CH1", () -> CompletableFuture.completedFuture(stored), attributes -> {
            writes++;
            stored = somebodyElse.apply(attributes);
            return CompletableFuture.completedFuture(null);
        });
    }

    @Test
    void a_key_is_set_and_the_others_stay() {
        change(written -> written)
                .set("mine", IntNode.valueOf(2))
                .toCompletableFuture()
                .join();

        assertThat(stored.json()).isEqualTo("{\"other\":1,\"mine\":2}");
        assertThat(writes).isEqualTo(1);
    }

    @Test
    void what_is_so_already_is_not_written() {
        change(written -> written)
                .set("other", IntNode.valueOf(1))
                .toCompletableFuture()
                .join();
        change(written -> written).set("absent", null).toCompletableFuture().join();

        assertThat(writes).isZero();
    }

    static List<Object> values() {
        return List.of(
                5L,
                1.5f,
                1e300,
                new BigDecimal("1.50"),
                new BigInteger("123456789012345678901234567890"),
                new byte[] {1, 2, 3},
                new Reaction("\u2764", 1_700_000_000_000L),
                List.of(1L, 2),
                NullNode.instance);
    }

    record Reaction(String emoji, long at) {}

    @ParameterizedTest
    @MethodSource("values")
    void a_value_of_any_type_is_written_once(Object value) {
        AttributeChange change = change(written -> written);

        change.set("mine", AttributeChange.json(value)).toCompletableFuture().join();
        change.set("mine", AttributeChange.json(value)).toCompletableFuture().join();

        assertThat(writes).isEqualTo(1);
    }

    @Test
    void a_number_that_comes_back_in_another_spelling_is_the_same() {
        stored = Attributes.of("{\"mine\":{\"amount\":100.0}}");

        change(written -> written)
                .set("mine", AttributeChange.json(Map.of("amount", 100)))
                .toCompletableFuture()
                .join();

        assertThat(writes).isZero();
    }

    @Test
    void the_numbers_of_other_keys_stay_digit_for_digit() {
        stored = Attributes.of("{\"amount\":12345678901234567.890,\"far\":1e400}");

        change(written -> written)
                .set("mine", IntNode.valueOf(2))
                .toCompletableFuture()
                .join();

        assertThat(stored.json()).isEqualTo("{\"amount\":12345678901234567.890,\"far\":1E+400,\"mine\":2}");
    }

    @Test
    void a_key_that_somebody_writes_over_is_written_again() {
        AttributeChange change = change(written -> writes < 3 ? Attributes.of("{\"other\":9}") : written);

        Attributes result =
                change.set("mine", IntNode.valueOf(2)).toCompletableFuture().join();

        assertThat(writes).isEqualTo(3);
        assertThat(result.json()).isEqualTo("{\"other\":9,\"mine\":2}");
    }

    @Test
    void somebody_who_never_stops_is_told_about() {
        AttributeChange change = change(written -> Attributes.of("{\"other\":9}"));

        assertThatThrownBy(() -> change.set("mine", IntNode.valueOf(2))
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(ConversationsException.class)
                .hasMessageContaining("conversation CH1")
                .hasMessageContaining("\"mine\"");
        assertThat(writes).isEqualTo(5);
    }

    @Test
    void attributes_that_are_no_object_have_no_keys() {
        stored = Attributes.of("[1]");

        assertThatThrownBy(() -> change(written -> written)
                        .set("mine", IntNode.valueOf(2))
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no JSON object");
    }
}
