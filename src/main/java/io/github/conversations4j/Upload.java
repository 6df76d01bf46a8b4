package io.github.conversations4j;

import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.NewMedia;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * A file on its way to Twilio; {@link MediaFiles#upload} gives it at once. Thread-safe.
 *
 * <p>It is on its way from the beginning, and ends as stored, failed or cancelled. What broke off is sent again, twice at most
 * and from the beginning, unless it is a stream, which can be read only once. That doubles no message: a file that was
 * stored twice belongs to none.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
 */
public final class Upload {
    private final NewMedia file;
    private final CompletableFuture<Media> stored;
    private final ClientRuntime runtime;
    private final Watchers<Progress> watchers;

    /** Written by the thread that sends. */
    private volatile Progress progress;

    /** Whether somebody asked how it went. Goes to true once, on any thread. */
    private volatile boolean lookedAt;

    /**
     * How far an upload has come.
     *
     * @param sent how many bytes were handed to the network; falls back when the file is sent again
     * @param total how many there are; -1 if that is not known
     */
    public record Progress(long sent, long total) {}

    Upload(ClientRuntime runtime, NewMedia file, Sender sender) {
        this.runtime = runtime;
        this.file = file;
        this.progress = new Progress(0, file.size());
        this.watchers = new Watchers<>(
                runtime.threads()::runAnyway,
                failure -> runtime.report("a hook on the progress of an upload failed", failure));
        this.stored = sender.send(this);
        stored.whenComplete((media, failure) -> {
            if (failure != null && !stored.isCancelled()) {
                runtime.later(() -> reportIfUnseen(failure));
            }
        });
    }

    /** Starts the upload. */
    @FunctionalInterface
    interface Sender {
        CompletableFuture<Media> send(Upload upload);
    }

    void moved(long sent, long total) {
        Progress now = new Progress(sent, total);
        progress = now;
        watchers.fire(now);
        watchers.run();
    }

    private void reportIfUnseen(Throwable cause) {
        if (!lookedAt) {
            runtime.report("upload " + file + " failed and nobody looked at it", cause);
        }
    }

    CompletableFuture<Media> future() {
        lookedAt = true;
        return stored;
    }

    /**
     * What is uploaded.
     *
     * @return the file, as it was given
     */
    public NewMedia file() {
        return file;
    }

    /**
     * How far it has come.
     *
     * @return the progress now
     */
    public Progress progress() {
        return progress;
    }

    /**
     * Registers a hook on the progress.
     *
     * @param hook called with the progress now and then about every 64 KB, in order, one at a time
     * @return a handle that stops it
     */
    public Subscription onProgress(Hook<? super Progress> hook) {
        Subscription subscription = watchers.add(hook, progress);
        watchers.run();
        return subscription;
    }

    /**
     * Completes when Twilio has stored the file. Fails with {@link ConnectionFailedException} if the connection broke too often,
     * and with {@link CancellationException} after {@link #cancel()}.
     *
     * @return a new future on the same answer each time
     * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
     */
    public Deferred<Media> stored() {
        lookedAt = true;
        return runtime.deferred("upload " + file, stored.copy());
    }

    /**
     * Waits until Twilio has stored the file, as {@code stored().await()} does.
     *
     * @return the stored file; its SID goes into a message
     * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
     */
    public Media await() {
        return stored().await();
    }

    /**
     * Stops the upload, unless it is at its end. A message that waits for it fails.
     *
     * @return whether it was stopped
     */
    public boolean cancel() {
        return stored.cancel(true);
    }
}
