package io.github.conversations4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesClientIdTest {
    record Order(int number, double price) {}

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ }", "{\"number\":1,\"price\":1.10}", " {\"number\":12345678901234567890} "})
    void the_id_is_put_behind_what_is_there_and_nothing_else_changes(String json) {
        Attributes stamped = Attributes.of(json).withClientId("an-id").orElseThrow();

        assertThat(stamped.clientId()).contains("an-id");
        assertThat(stamped.json()).startsWith(json.substring(0, json.lastIndexOf('}')));
    }

    @Test
    void a_message_that_is_passed_on_gets_an_id_of_its_own() {
        Attributes first = Attributes.of("{\"a\":1}").withClientId("first").orElseThrow();

        Attributes second = first.withClientId("second").orElseThrow();

        assertThat(second.json()).isEqualTo("{\"a\":1,\"conversations4j\":{\"id\":\"second\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "\"text\"", "3", "null"})
    void what_is_no_object_has_no_place_for_an_id(String json) {
        assertThat(Attributes.of(json).withClientId("an-id")).isEmpty();
    }

    @Test
    void a_record_of_the_application_needs_no_place_for_the_id() {
        Attributes stamped =
                Attributes.from(new Order(1, 1.5)).withClientId("an-id").orElseThrow();

        assertThat(stamped.as(Order.class)).isEqualTo(new Order(1, 1.5));
        assertThat(stamped.asJson().has(Attributes.LIBRARY_KEY)).isTrue();
    }

    @Test
    void whatever_stands_under_the_key_is_no_id_unless_it_has_the_form() {
        for (String json :
                List.of("no json conversations4j", "{\"conversations4j\":1}", "{\"conversations4j\":{\"id\":1}}")) {
            assertThat(Attributes.of(json).clientId()).as(json).isEmpty();
        }
    }
}
