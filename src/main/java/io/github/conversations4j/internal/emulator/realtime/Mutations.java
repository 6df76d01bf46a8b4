package io.github.conversations4j.internal.emulator.realtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that were made, by mutation id, so that a repeated one is not made twice: it is answered with 202 and the
 * address of what was made. How long the service remembers is not known; this remembers the last ten thousand.
 * Thread-safe.
 */
final class Mutations {
    private static final int REMEMBERED = 10_000;

    private final Map<String, String> urls = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized @Nullable TunnelAnswer repeated(TunnelRequest request) {
        String id = request.mutationId();
        String url = id == null ? null : urls.get(id);
        return url == null ? null : new TunnelAnswer(202, SyncShapes.object().put("resource_url", url));
    }

    synchronized void made(TunnelRequest request, TunnelAnswer answer) {
        String id = request.mutationId();
        if (id != null && answer.status() < 300) {
            String url = answer.body() == null ? "" : answer.body().path("url").asText("");
            urls.put(id, url);
        }
    }
}
