package io.github.conversations4j.internal.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.model.Attributes;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

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
