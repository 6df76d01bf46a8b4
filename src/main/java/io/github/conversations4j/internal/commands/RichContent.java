package io.github.conversations4j.internal.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.json.ContentJson;
import io.github.conversations4j.model.Content;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds out what kind of content a message holds. Immutable.
 *
 * <p>A message that was made from a template has a file whose type begins with {@value #RICH} and goes on with the kind, such as
 * {@code twilio.quick-reply}; it is JSON with the content under {@code data}. That is what the official JavaScript client
 * reads over the tunnel; that REST lists the same file is an assumption. Without such a file there are text and files.
 *
 * @param files where the file is read
 */
public record RichContent(ConversationsApi.Files files) {
    private static final String RICH = "application/x-vnd.com.twilio.rich.";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads the content of a message.
     *
     * @param message the message
     * @return its content; no call is made for a message that was not made from a template
     */
    public CompletionStage<Content> of(Message message) {
        Optional<Media> rich =
                message.media().stream().filter(RichContent::isRich).findFirst();
        return rich.isEmpty()
                ? CompletableFuture.completedFuture(plain(message))
                : files.content(rich.get().sid()).thenApply(bytes -> read(rich.get(), bytes));
    }

    private static boolean isRich(Media file) {
        return file.contentType() != null && file.contentType().startsWith(RICH);
    }

    private static Content plain(Message message) {
        String body = message.body();
        return message.media().isEmpty()
                ? new Content.Text(body == null ? "" : body, ContentJson.NONE)
                : new Content.Files(body, message.media(), List.of(), ContentJson.NONE);
    }

    private static Content read(Media file, byte[] bytes) {
        String kind = String.valueOf(file.contentType()).substring(RICH.length());
        int parameters = kind.indexOf(';');
        String type =
                (parameters < 0 ? kind : kind.substring(0, parameters)).strip().replaceFirst("\\.", "/");
        try {
            JsonNode json = JSON.readTree(bytes);
            return ContentJson.content(type, json.path("data"));
        } catch (IOException e) {
            throw new ConversationsException("read the content of media " + file.sid() + ": it is no JSON", e);
        }
    }
}
