package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpMethod;
import com.twilio.http.IRequest.FormParameters.Type;
import com.twilio.http.Request;
import io.github.conversations4j.error.ConversationsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.RequestBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TranslationTest {
    private final Translation translation = new Translation(new Endpoints(null, null, null), Duration.ofSeconds(60));

    private okhttp3.Request translated(Request request) {
        return translation.outgoing(request).request();
    }

    private static String text(RequestBody body) throws IOException {
        Buffer buffer = new Buffer();
        body.writeTo(buffer);
        return buffer.readUtf8();
    }

    /** OkHttp repeats other bodies after some answers. */
    @ParameterizedTest
    @EnumSource(
            value = HttpMethod.class,
            names = {"POST", "PUT", "PATCH"})
    void everyBodyIsForOneSending(HttpMethod method) throws IOException {
        Request request = new Request(method, "content", "/v1/Content");
        request.addPostParam("A b", "1+1");

        okhttp3.Request sent = translated(request);

        assertThat(sent.method()).isEqualTo(method.name());
        assertThat(sent.body().isOneShot()).isTrue();
        assertThat(sent.body().contentType()).hasToString("application/x-www-form-urlencoded");
        assertThat(text(sent.body())).isEqualTo("A+b=1%2B1");
    }

    @Test
    void aRemovalHasNoBodyUnlessItHasParameters() throws IOException {
        Request plain = new Request(HttpMethod.DELETE, "conversations", "/v1/Conversations/CH1");
        Request withParameter = new Request(HttpMethod.DELETE, "conversations", "/v1/Conversations/CH1");
        withParameter.addPostParam("A", "1");

        assertThat(translated(plain).body()).isNull();
        assertThat(translated(withParameter).body().isOneShot()).isTrue();
        assertThat(text(translated(withParameter).body())).isEqualTo("A=1");
    }

    @Test
    void jsonGoesOutAsItIs() throws IOException {
        Request request = new Request(HttpMethod.POST, "content", "/v1/Content");
        request.setContentType(EnumConstants.ContentType.JSON);
        request.setBody("{\"friendly_name\": \"ü\"}");

        RequestBody body = translated(request).body();

        assertThat(body.isOneShot()).isTrue();
        assertThat(body.contentType()).hasToString("application/json; charset=utf-8");
        assertThat(text(body)).isEqualTo("{\"friendly_name\": \"ü\"}");
    }

    @Test
    void filesAreParts(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "bytes");
        Request request = new Request(HttpMethod.POST, "content", "/v1/Content");
        request.setContentType(EnumConstants.ContentType.MULTIPART_FORM_DATA);
        request.addFormParameter("Name", Type.TEXT, "x");
        request.addFormParameter("File", Type.FILE, file);

        RequestBody body = translated(request).body();

        assertThat(body.isOneShot()).isTrue();
        assertThat(body.contentType().toString()).startsWith("multipart/form-data; boundary=");
        assertThat(text(body))
                .contains("name=\"Name\"\r\n", "\r\n\r\nx\r\n")
                .contains("name=\"File\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n", "\r\n\r\nbytes\r\n");
    }

    @Test
    void aFileThatIsNotThereIsSaid(@TempDir Path folder) {
        Request request = new Request(HttpMethod.POST, "content", "/v1/Content");
        request.setContentType(EnumConstants.ContentType.MULTIPART_FORM_DATA);
        request.addFormParameter("File", Type.FILE, folder.resolve("none"));

        assertThatThrownBy(() -> translated(request))
                .isInstanceOf(ConversationsException.class)
                .hasMessageStartingWith("POST /v1/Content: there is no file ")
                .hasMessageEndingWith("Nothing was sent");
    }

    @Test
    void twilioJavaNamesItsUser() {
        Request request = new Request(HttpMethod.GET, "conversations", "/v1/Users");
        request.setUserAgentExtensions(List.of("app/1", "line\nbreak"));
        request.addHeaderParam("X-One", "1");
        request.addHeaderParam("X-One", "2");

        okhttp3.Request sent = translated(request);

        assertThat(sent.header("User-Agent")).endsWith(" conversations4j app/1 linebreak custom");
        assertThat(sent.headers("X-One")).containsExactly("1", "2");
        assertThat(sent.header("Authorization")).isNull();
        assertThat(translation.outgoing(request).action()).isEqualTo("GET /v1/Users");
    }
}
