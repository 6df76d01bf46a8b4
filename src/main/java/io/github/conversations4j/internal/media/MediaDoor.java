package io.github.conversations4j.internal.media;

import java.util.concurrent.CompletionStage;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Where the media service is and how to come in; the one thing in which both kinds of client differ. Thread-safe. */
@FunctionalInterface
public interface MediaDoor {
    /**
     * Finds the way in, each time anew, because tokens expire.
     *
     * @param action what is to be done, for messages
     * @return the way in
     */
    CompletionStage<Entry> open(String action);

    /**
     * A way in.
     *
     * @param media where files are, without a slash at the end
     * @param mediaSet where many are looked up at once; null to look them up one by one
     * @param header the header that lets in
     * @param secret its value
     */
    record Entry(HttpUrl media, @Nullable HttpUrl mediaSet, String header, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Entry[" + media + "]";
        }
    }
}
