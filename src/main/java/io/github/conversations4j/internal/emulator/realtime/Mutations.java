package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that were made, by mutation id, so that a repeated one is not made twice: it is answered with 202 and the
 * address of what was made, or as it was the first time if nothing was made that has an address. How long the service
 * remembers is not known; this remembers the last ten thousand. Thread-safe.
 */
final class Mutations {
    private static final int REMEMBERED = 10_000;

    private final Map<String, TunnelAnswer> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TunnelAnswer> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized @Nullable TunnelAnswer repeated(TunnelRequest request) {
        String id = request.mutationId();
        return id == null ? null : answers.get(id);
    }

    synchronized void made(TunnelRequest request, TunnelAnswer answer) {
        String id = request.mutationId();
        if (id != null && answer.status() < 300) {
            JsonNode url = answer.body() == null
                    ? MissingNode.getInstance()
                    : answer.body().path("url");
            answers.put(
                    id,
                    url.isTextual()
                            ? new TunnelAnswer(202, SyncShapes.object().put("resource_url", url.textValue()))
                            : answer);
        }
    }
}
