package io.github.conversations4j.internal.emulator.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The content templates of the account: commands and queries. Thread-safe. */
public final class ContentTemplates {
    private static final int INVALID = 20422;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SidSource sids;
    private final InstantSource clock;

    // Guarded by this.
    private final Shelf<StoredTemplate> templates = new Shelf<>();

    ContentTemplates(SidSource sids, InstantSource clock) {
        this.sids = sids;
        this.clock = clock;
    }

    /**
     * Makes a template.
     *
     * @param json what it shall be, as the Content API takes it: {@code types} and maybe {@code friendly_name},
     *     {@code language} and {@code variables}
     * @return the template
     * @throws TwilioFault if it is none
     */
    public synchronized StoredTemplate create(@Nullable String json) {
        JsonNode wanted = read(json);
        JsonNode types = wanted.path("types");
        if (!types.isObject() || types.isEmpty()) {
            throw TwilioFault.invalid(INVALID, "types must be an object with a variant under each type");
        }
        types.forEach(variant -> {
            if (!variant.isObject()) {
                throw TwilioFault.invalid(INVALID, "types must hold objects");
            }
        });
        JsonNode variables = wanted.path("variables");
        StoredTemplate made = new StoredTemplate(
                sids.next("HX"),
                wanted.path("friendly_name").textValue(),
                wanted.path("language").asText("en"),
                variables.isObject() ? variables : JSON.createObjectNode(),
                types,
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        templates.add(made.sid(), made);
        return made;
    }

    private static JsonNode read(@Nullable String json) {
        try {
            return JSON.readTree(json == null ? "" : json);
        } catch (JsonProcessingException e) {
            throw TwilioFault.invalid(INVALID, "The body must be JSON");
        }
    }

    /**
     * Finds a template.
     *
     * @param sid the template
     * @return the template
     * @throws TwilioFault if it is not there
     */
    public StoredTemplate get(String sid) {
        StoredTemplate found = find(sid);
        if (found == null) {
            throw TwilioFault.notFound("/Content/" + sid);
        }
        return found;
    }

    synchronized @Nullable StoredTemplate find(@Nullable String sid) {
        return sid == null ? null : templates.find(sid);
    }

    /**
     * Deletes a template. Messages that were made from it stay as they are.
     *
     * @param sid the template
     * @throws TwilioFault if it is not there
     */
    public synchronized void delete(String sid) {
        get(sid);
        templates.remove(sid);
    }

    /**
     * Lists templates.
     *
     * @param at which page
     * @return the page
     */
    public synchronized ShelfPage<StoredTemplate> list(PageAt at) {
        return templates.page(at, template -> true);
    }
}
