package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.realtime.channel.OkHttpChannels;
import io.github.conversations4j.internal.realtime.session.Session;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.SourceKind;
import io.github.conversations4j.token.TokenProvider;
import java.util.List;
import java.util.Set;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/**
 * The event source of a participant's client: Twilio's own realtime protocol, as its JavaScript client speaks it. Immutable.
 *
 * <p><b>Experimental.</b> The protocol is Twilio's own and undocumented. It is implemented from what that client sends and
 * accepts, and tested against the emulator and that client, not against Twilio.
 *
 * @param options the settings
 * @param tokens gives access tokens
 */
public record RealtimeSource(RealtimeOptions options, TokenProvider tokens) implements EventSource.Connectable {
    @Override
    public String name() {
        return Outlet.SOURCE;
    }

    @Override
    public Set<EventType<?>> events() {
        return SourceKind.REALTIME.events();
    }

    @Override
    public RealtimeConnection connect(SourceContext context) {
        OkHttpClient client = options.httpClient() == null ? ownClient() : options.httpClient();
        OkHttpChannels channels = new OkHttpChannels(client, options.socketUrl().toString(), Session.maxMessage());
        return new RealtimeConnection(options, tokens, channels, context).start();
    }

    /** Setting up TLS takes a good part of a first start, and an emulator speaks none. */
    private OkHttpClient ownClient() {
        return options.socketUrl().isHttps()
                ? new OkHttpClient()
                : new OkHttpClient.Builder()
                        .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                        .build();
    }

    /** The settings without the token function, which may be anything. */
    @Override
    public String toString() {
        return "RealtimeSource[" + options.socketUrl() + "]";
    }
}
