package io.github.conversations4j.internal.commands;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.StoredFile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Temporary links to files, each fetched anew when it is older than {@link #REUSE}; a bounded number is remembered.
 * Thread-safe.
 *
 * <p>How long Twilio lets a link live is documented nowhere. That it lives longer than this is an assumption.
 */
public final class MediaLinks {
    /** How long a link is given again. */
    public static final Duration REUSE = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private final InstantSource clock;

    // Guarded by this; the oldest first.
    private final Map<String, Fetched> remembered = new LinkedHashMap<>();

    /** A link and when it was asked for. */
    private record Fetched(URI link, Instant at) {}

    /**
     * Remembers nothing yet.
     *
     * @param clock tells how old links are
     */
    public MediaLinks(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Gives links.
     *
     * @param files where to ask for those that are missing or old
     * @param sids {@code ME…}, each once
     * @return a link for each, in the order given
     */
    public CompletionStage<Map<String, URI>> of(ConversationsApi.Files files, List<String> sids) {
        Instant now = clock.instant();
        Map<String, URI> links = fresh(sids, now);
        List<String> missing =
                sids.stream().filter(sid -> !links.containsKey(sid)).toList();
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(links);
        }
        return files.find(missing).thenApply(found -> {
            remember(found, now);
            found.forEach(file -> links.put(file.media().sid(), file.link()));
            return inOrder(sids, links);
        });
    }

    private synchronized Map<String, URI> fresh(List<String> sids, Instant now) {
        Map<String, URI> links = new LinkedHashMap<>();
        for (String sid : sids) {
            Fetched known = remembered.get(sid);
            if (known != null && now.isBefore(known.at.plus(REUSE))) {
                links.put(sid, known.link);
            }
        }
        return links;
    }

    private static Map<String, URI> inOrder(List<String> sids, Map<String, URI> links) {
        Map<String, URI> ordered = new LinkedHashMap<>();
        for (String sid : sids) {
            URI link = links.get(sid);
            if (link == null) {
                throw new ConversationsException("link media " + sid + ": the answer is about other files");
            }
            ordered.put(sid, link);
        }
        return ordered;
    }

    private synchronized void remember(List<StoredFile> found, Instant now) {
        for (StoredFile file : found) {
            remembered.remove(file.media().sid());
            remembered.put(file.media().sid(), new Fetched(file.link(), now));
            if (remembered.size() > MOST) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
    }
}
