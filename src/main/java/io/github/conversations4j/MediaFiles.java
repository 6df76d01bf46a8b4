package io.github.conversations4j;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The files of messages: upload, links and bytes, on both kinds of client. Thread-safe.
 *
 * <p>Where there is no such file, futures fail with {@link NotFoundException}.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
 */
public final class MediaFiles {
    private final ClientRuntime runtime;
    private final Calls calls;

    MediaFiles(ClientRuntime runtime, Calls calls) {
        this.runtime = runtime;
        this.calls = calls;
    }

    /**
     * Uploads a file, for a message to come: hand the upload to {@link Conversation#sendMessage(NewMessage, List)}, or the SID of
     * what was stored to {@link NewMessage#mediaSids()}. A file serves one message.
     *
     * @param file bytes, file or stream
     * @return the file on its way
     * @throws IllegalArgumentException if it is larger than Twilio takes; the message names the limit
     * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
     */
    public Upload upload(NewMedia file) {
        Arguments.given("file", file);
        SendLimits.file(file.size());
        return new Upload(runtime, file, upload -> calls.api().files().upload(file, upload::moved));
    }

    /**
     * Reads what a file is.
     *
     * @param sid {@code ME…}
     * @return name, type and size
     * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
     */
    public Deferred<Media> fetch(String sid) {
        media(sid);
        return calls.ask(
                "find media " + sid,
                api -> api.files()
                        .find(List.of(sid))
                        .thenApply(found -> found.get(0).media()));
    }

    /**
     * Gives a link from which anybody can fetch the bytes of a file for a while.
     *
     * @param sid {@code ME…}
     * @return a link as {@link #links} gives it
     * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
     */
    public Deferred<URI> link(String sid) {
        media(sid);
        return calls.ask(
                "link media " + sid,
                api -> calls.links()
                        .of(api.files(), List.of(sid))
                        .thenApply(found -> found.values().iterator().next()));
    }

    /**
     * Gives links from which anybody can fetch the bytes of files for a while, a hundred with one request on a participant's
     * client. A link is given again for a minute and then fetched anew, so ask whenever one is shown: for how long Twilio lets
     * it live is documented nowhere, and a minute is an assumption.
     *
     * @param sids {@code ME…}
     * @return a link for each SID, in the order of the SIDs
     * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
     */
    public Deferred<Map<String, URI>> links(Collection<String> sids) {
        List<String> wanted = Arguments.given("SIDs", sids).stream().distinct().toList();
        wanted.forEach(MediaFiles::media);
        return calls.ask(
                "link " + wanted.size() + " media", api -> calls.links().of(api.files(), wanted));
    }

    /**
     * Downloads a file into memory. For large ones fetch the {@link #link} yourself.
     *
     * @param sid {@code ME…}
     * @return its bytes
     * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
     */
    public Deferred<byte[]> content(String sid) {
        media(sid);
        return calls.ask("download media " + sid, api -> api.files().content(sid));
    }

    private static void media(String sid) {
        Arguments.sid("media SID", "ME", sid);
    }
}
