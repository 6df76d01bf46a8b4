package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormName;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.source.SourceKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The verified parameters of one webhook, read as what they stand for. Twilio leaves out what does not apply or sends it
 * empty; both are null here. Valid only while its form is.
 *
 * @param form the parameters as they came
 * @param clock what time it is, for events that do not say when they happened
 */
record Parameters(Form form, InstantSource clock) {
    static final String SOURCE = SourceKind.WEBHOOK.sourceName();

    /** A text that the event cannot do without. */
    String require(FormName name) {
        String value = text(name);
        if (value == null) {
            throw new UnreadableEventException("it has no " + name);
        }
        return value;
    }

    /** A number that the event cannot do without. */
    int requireInteger(FormName name) {
        Integer value = integer(name);
        if (value == null) {
            throw new UnreadableEventException("its " + name + " is no number");
        }
        return value;
    }

    @Nullable
    String text(FormName name) {
        int index = form.indexOf(name);
        return index < 0 || form.isEmpty(index) ? null : form.value(index);
    }

    @Nullable
    Integer integer(FormName name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Nullable
    Boolean bool(FormName name) {
        String value = text(name);
        return value == null ? null : Boolean.valueOf(value);
    }

    @Nullable
    Instant instant(FormName name) {
        int index = form.indexOf(name);
        return index < 0 ? null : form.instant(index);
    }

    Attributes attributes() {
        return Attributes.of(text(Names.ATTRIBUTES));
    }

    EventMeta meta(String id, @Nullable Instant time) {
        return new EventMeta(
                id,
                time == null ? clock.instant() : time,
                SOURCE,
                false,
                false,
                text(Names.SOURCE),
                text(Names.CLIENT_IDENTITY));
    }

    /** Everything, as it came; of repeated parameters the first. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int index = 0; index < form.size(); index++) {
            all.putIfAbsent(form.name(index), form.value(index));
        }
        return all;
    }
}
