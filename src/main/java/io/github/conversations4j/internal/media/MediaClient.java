package io.github.conversations4j.internal.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.StoredFile;
import io.github.conversations4j.internal.api.UploadListener;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.internal.media.MediaDoor.Entry;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.wire.Loopback;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.NewMedia;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Calls the Media Content Service. Thread-safe; nothing blocks.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
 */
public final class MediaClient implements ConversationsApi.Files, AutoCloseable {
    /** The largest file that Twilio takes; documented as 150 MB, read here as 150 times 1024 times 1024 bytes. */
    public static final long LARGEST_FILE = 150L << 20;

    private static final long LARGEST_RECORD = 1 << 20;
    private static final int LARGEST_SET = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType JSON_TYPE = MediaType.get("application/json; charset=utf-8");

    private final MediaDoor door;
    private final MediaOptions options;
    private final MediaHttp http;
    private final Set<MediaCall> live = ConcurrentHashMap.newKeySet();

    /** Written once by close; read by every start after it has registered. */
    private volatile boolean closed;

    /**
     * Makes a client. Nothing is called and no thread runs before the first request.
     *
     * @param door the way in
     * @param options what is lent
     */
    public MediaClient(MediaDoor door, MediaOptions options) {
        this.door = door;
        this.options = options;
        this.http = new MediaHttp(options.httpClient());
    }

    @Override
    public int mostPerMessage() {
        return options.filesPerMessage();
    }

    @Override
    public CompletableFuture<Media> upload(NewMedia file, UploadListener progress) {
        String action = "upload " + file;
        MediaType type = MediaType.parse(file.contentType());
        if (type == null) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "content type: must be like image/png, was \"" + file.contentType() + '"'));
        }
        UploadBody body = new UploadBody(file, type, LARGEST_FILE, progress);
        CompletableFuture<Media> result = new CompletableFuture<>();
        enter(action).whenComplete((entry, failure) -> {
            if (failure != null) {
                result.completeExceptionally(Causes.of(failure));
                return;
            }
            HttpUrl.Builder url = entry.media().newBuilder().addQueryParameter("Category", "media");
            if (file.filename() != null) {
                url.addQueryParameter("Filename", file.filename());
            }
            Request request = request(entry, url.build()).post(body).build();
            CompletableFuture<byte[]> call = call(action, request, LARGEST_RECORD, body::isRepeatable);
            pass(call.thenApply(answer -> Resources.file(json(action, answer)).media()), result);
            result.whenComplete((stored, end) -> call.cancel(true));
        });
        return result;
    }

    @Override
    public CompletionStage<List<StoredFile>> find(List<String> sids) {
        String action = sids.size() == 1 ? "find media " + sids.get(0) : "find " + sids.size() + " media";
        CompletableFuture<List<StoredFile>> result = new CompletableFuture<>();
        pass(
                enter(action)
                        .thenCompose(entry -> entry.mediaSet() == null || sids.size() == 1
                                ? all(sids.stream().map(sid -> one(entry, sid)).toList())
                                : all(sets(sids).stream()
                                                .map(set -> set(entry, entry.mediaSet(), set))
                                                .toList())
                                        .thenApply(sets -> sets.stream()
                                                .flatMap(List::stream)
                                                .toList())),
                result);
        return result;
    }

    /** Goes on where calls may be prepared: the door may open on a thread that reads from the network. */
    private CompletionStage<Entry> enter(String action) {
        CompletableFuture<Entry> entered = new CompletableFuture<>();
        pass(door.open(action), entered);
        return entered;
    }

    private CompletableFuture<StoredFile> one(Entry entry, String sid) {
        String action = "find media " + sid;
        Request request = request(
                        entry, entry.media().newBuilder().addPathSegment(sid).build())
                .build();
        return call(action, request, LARGEST_RECORD, () -> true)
                .thenApply(answer -> Resources.file(json(action, answer)));
    }

    private static List<List<String>> sets(List<String> sids) {
        List<List<String>> sets = new ArrayList<>();
        for (int i = 0; i < sids.size(); i += LARGEST_SET) {
            sets.add(sids.subList(i, Math.min(sids.size(), i + LARGEST_SET)));
        }
        return sets;
    }

    /** That the entries of the answer come in the order of the request is an assumption; only messages depend on it. */
    private CompletableFuture<List<StoredFile>> set(Entry entry, HttpUrl url, List<String> sids) {
        String action = "find " + sids.size() + " media";
        var body = JSON.createObjectNode().put("command", "get");
        var list = body.putArray("list");
        sids.forEach(sid -> list.addObject().put("media_sid", sid));
        Request request = request(entry, url)
                .post(RequestBody.create(body.toString(), JSON_TYPE))
                .build();
        return call(action, request, LARGEST_RECORD, () -> true).thenApply(answer -> {
            JsonNode found = json(action, answer);
            List<StoredFile> files = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                int code = found.path(i).path("code").asInt();
                if (code != 200) {
                    throw new NotFoundException(
                            "find media " + (i < sids.size() ? sids.get(i) : "of a set"),
                            new ApiError(code, null, null, null, null));
                }
                files.add(Resources.file(found.path(i).path("media_record")));
            }
            return files;
        });
    }

    /** A link that has expired on the way is fetched once more. */
    @Override
    public CompletionStage<byte[]> content(String sid) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        pass(
                download(sid)
                        .handle((bytes, failure) -> failure != null && isExpired(Causes.of(failure))
                                ? download(sid)
                                : failure == null
                                        ? CompletableFuture.completedFuture(bytes)
                                        : CompletableFuture.<byte[]>failedFuture(Causes.of(failure)))
                        .thenCompose(Function.identity()),
                result);
        return result;
    }

    private static boolean isExpired(Throwable failure) {
        return failure instanceof TwilioApiException refusal && (refusal.status() == 403 || refusal.status() == 410);
    }

    private CompletionStage<byte[]> download(String sid) {
        return find(List.of(sid)).thenCompose(files -> {
            String action = "download media " + sid;
            HttpUrl link = trusted(action, files.get(0).link());
            return call(action, new Request.Builder().url(link).build(), LARGEST_FILE, () -> true);
        });
    }

    private static HttpUrl trusted(String action, URI link) {
        HttpUrl url = HttpUrl.parse(link.toString());
        if (url == null || !url.isHttps() && !Loopback.isHost(url.host())) {
            throw new ConversationsException(action + ": its link is not encrypted and leads to another machine");
        }
        return url;
    }

    private static Request.Builder request(Entry entry, HttpUrl url) {
        return new Request.Builder().url(url).header(entry.header(), entry.secret());
    }

    private CompletableFuture<byte[]> call(
            String action, Request request, long largestAnswer, BooleanSupplier repeatable) {
        MediaCall call = new MediaCall(this, action, request, largestAnswer, repeatable);
        live.add(call);
        CompletableFuture<byte[]> result =
                closed ? CompletableFuture.failedFuture(new ClientClosedException(action)) : call.start();
        if (closed) {
            call.close();
        }
        return result;
    }

    private static JsonNode json(String action, byte[] answer) {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new ConversationsException(action + ": the answer is no JSON", e);
        }
    }

    private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
    }

    /** Hands a result over on the client's executor; one that is closed must not keep anybody waiting for ever. */
    private <T> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
        from.whenComplete((value, failure) -> {
            Runnable completion = failure == null
                    ? () -> to.complete(value)
                    : () -> to.completeExceptionally(readable(Causes.of(failure)));
            try {
                options.executor().execute(completion);
            } catch (RejectedExecutionException e) {
                completion.run();
            }
        });
    }

    private static Throwable readable(Throwable cause) {
        return cause instanceof MalformedResourceException
                ? new ConversationsException(
                        "the media service answered what cannot be read: " + cause.getMessage(), cause)
                : cause;
    }

    Call newCall(Request request) {
        return http.newCall(request);
    }

    void later(Runnable task, Duration delay) {
        options.scheduler().schedule(task, delay);
    }

    Backoff.Step next(Backoff pauses) {
        return pauses.next(options.random());
    }

    void forget(MediaCall call) {
        live.remove(call);
    }

    /** Gives up what is under way and takes nothing new. Does not wait. */
    @Override
    public void close() {
        closed = true;
        live.forEach(MediaCall::close);
        http.close();
    }

    /**
     * Waits, after {@link #close}, until no thread and no connection of ours is left.
     *
     * @param limit how long to wait at most
     * @return whether nothing is left
     * @throws InterruptedException if interrupted
     */
    public boolean awaitClosed(Duration limit) throws InterruptedException {
        return http.awaitClosed(limit);
    }
}
