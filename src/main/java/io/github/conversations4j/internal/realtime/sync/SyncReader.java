package io.github.conversations4j.internal.realtime.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.internal.realtime.session.Requests;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads Sync objects once, without following them. Thread-safe. */
public final class SyncReader {
    /** The most items that Sync gives at a time. */
    public static final int LARGEST_PAGE = 100;

    private final Requests requests;
    private final String baseUrl;

    /**
     * A reader.
     *
     * @param requests carries the reads
     * @param baseUrl {@code https://cds.us1.twilio.com} or what stands in for it
     */
    public SyncReader(Requests requests, String baseUrl) {
        this.requests = requests;
        this.baseUrl = baseUrl;
    }

    /**
     * Reads an object.
     *
     * @param action what for, for messages
     * @param kind what it is
     * @param name its SID or unique name
     * @param withItems whether to read the items of a map along with it
     * @return the object
     */
    public CompletionStage<SyncRoot> root(String action, SyncKind kind, String name, boolean withItems) {
        return requests.send(action, TunnelRequest.get(address(baseUrl, kind, name, withItems)))
                .thenApply(answer -> {
                    SyncRoot root = SyncRoot.of(answer);
                    if (root == null) {
                        throw new ConnectionFailedException(action + ": the answer is no Sync object", null);
                    }
                    return root;
                });
    }

    static String address(String baseUrl, SyncKind kind, String name, boolean withItems) {
        return baseUrl + "/v3/" + kind.path() + "/" + TunnelRequest.encode(name) + (withItems ? "?Include=items" : "");
    }

    /**
     * Which items to read. Immutable.
     *
     * @param from the first key or index, inclusive; null for the end that the order begins at
     * @param size how many, at most {@link #LARGEST_PAGE}
     * @param ascending which way
     */
    public record Range(@Nullable String from, int size, boolean ascending) {
        String query() {
            return (from == null ? "" : "From=" + TunnelRequest.encode(from) + "&") + "PageSize=" + size + "&Order="
                    + (ascending ? "asc" : "desc") + "&HideExpired=true";
        }
    }

    /**
     * Reads some items.
     *
     * @param action what for, for messages
     * @param itemsUrl {@link SyncRoot#itemsUrl()}
     * @param range which items
     * @return the items
     */
    public CompletionStage<SyncPage> items(String action, String itemsUrl, Range range) {
        return requests.send(action, TunnelRequest.get(itemsUrl + "?" + range.query()))
                .thenApply(SyncPage::of);
    }

    /**
     * Reads one item of a list.
     *
     * @param action what for, for messages
     * @param itemsUrl {@link SyncRoot#itemsUrl()}
     * @param index its index
     * @return the item; empty if there is none
     */
    public CompletionStage<Optional<SyncItem>> item(String action, String itemsUrl, int index) {
        return requests.send(action, TunnelRequest.get(itemsUrl + "?Index=" + index + "&HideExpired=true"))
                .thenApply((JsonNode answer) ->
                        SyncItem.all(answer.path("items")).stream().findFirst());
    }
}
