package io.github.conversations4j.emulator;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.internal.emulator.channels.Phones;
import io.github.conversations4j.internal.emulator.control.Control;
import io.github.conversations4j.internal.emulator.control.DevelopmentToken;
import io.github.conversations4j.internal.emulator.control.FaultOrders;
import io.github.conversations4j.internal.emulator.control.Person;
import io.github.conversations4j.internal.emulator.control.Phone;
import io.github.conversations4j.internal.emulator.control.Seed;
import io.github.conversations4j.internal.emulator.control.TimeTravel;
import io.github.conversations4j.internal.emulator.control.WebhookLog;
import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.faults.FaultyRoute;
import io.github.conversations4j.internal.emulator.http.LocalPages;
import io.github.conversations4j.internal.emulator.http.LocalServer;
import io.github.conversations4j.internal.emulator.http.Route;
import io.github.conversations4j.internal.emulator.http.Routes;
import io.github.conversations4j.internal.emulator.media.MediaService;
import io.github.conversations4j.internal.emulator.media.MediaService.Expiry;
import io.github.conversations4j.internal.emulator.realtime.Sockets;
import io.github.conversations4j.internal.emulator.rest.Doorman;
import io.github.conversations4j.internal.emulator.rest.Doorman.Login;
import io.github.conversations4j.internal.emulator.rest.RestApi;
import io.github.conversations4j.internal.emulator.rest.TokenDesk;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.emulator.webhook.Webhooks;
import io.github.conversations4j.internal.time.SystemScheduler;
import io.github.conversations4j.token.TokenMinter;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rooms of an emulator, put together and running. Thread-safe. */
final class EmulatorRooms implements AutoCloseable {
    private static final long LARGEST_BODY = 160L * 1024 * 1024;

    private final Twilio twilio;
    private final TokenMinter minter;
    private final Webhooks webhooks;
    private final Sockets sockets;
    private final Phones phones;
    private final LocalServer server;
    private final Faults faults;
    private final List<FaultyRoute> faulty;
    private final String url;
    private final Set<String> guests = ConcurrentHashMap.newKeySet();

    /** Null if the scheduler is the caller's. */
    private final @Nullable SystemScheduler ownScheduler;

    EmulatorRooms(LocalAccount account, EmulatorOptions options, RandomGenerator random) {
        Scheduler scheduler;
        if (options.scheduler == null) {
            SystemScheduler made = new SystemScheduler("emulator");
            ownScheduler = made;
            scheduler = made;
        } else {
            ownScheduler = null;
            scheduler = options.scheduler;
        }
        // Nothing is served before everything is there: the routes are added last.
        Routes routes = new Routes();
        server = serve(options, routes);
        String at = "http://" + host(options.address) + ":" + server.port();
        url = at;
        twilio = new Twilio(
                account.accountSid(), account.serviceSid(), options.behaviour, options.clock, scheduler, random);
        minter = TokenMinter.builder(account.accountSid())
                .apiKey(account.apiKey(), account.apiSecret())
                .serviceSid(account.serviceSid())
                .clock(options.clock)
                .random(random)
                .build();
        FaultBook book = new FaultBook(options.seed == null ? random.nextLong() : options.seed);
        webhooks = new Webhooks(twilio, account.authToken(), scheduler, random, book, options.webhooksWait);
        sockets = new Sockets(twilio, account.apiKey(), account.apiSecret(), options.clock, scheduler, book, () -> at);
        phones = new Phones(twilio);
        faults = new Faults(book, sockets);
        twilio.gaps(sid -> Objects.requireNonNullElse(book.gaps().strike(sid), 0));
        TokenDesk desk = new TokenDesk(
                new TokenDesk.Client(account.accountSid(), account.oauthClientId(), account.oauthClientSecret()),
                options.clock,
                () -> twilio.sids().next("OT"));
        Doorman doorman = new Doorman(
                List.of(
                        new Login(account.accountSid(), account.authToken()),
                        new Login(account.apiKey(), account.apiSecret())),
                desk::vouchesFor);
        FaultyRoute rest = faulty(new RestApi(twilio, doorman, options.linkBase), book, scheduler);
        routes.add(request -> RestApi.owns(request.path()) ? rest.answer(request) : null)
                .add(sockets)
                .add(desk);
        MediaService media = new MediaService(
                twilio, doorman, sockets::claims, new Expiry(random, options.mediaLinksLast, options.clock), at);
        FaultyRoute files = faulty(media, book, scheduler);
        faulty = List.of(rest, files);
        routes.add(new LocalPages(MediaService::owns, true, files));
        routes.add(new LocalPages(
                Control::owns, !options.address.isLoopbackAddress(), control(new TimeTravel(options.clock))));
    }

    private static FaultyRoute faulty(Route part, FaultBook book, Scheduler scheduler) {
        return new FaultyRoute(
                part,
                book.rest(),
                refusal -> RestApi.refusal(
                        new TwilioFault(refusal.status(), refusal.code(), "The emulator was asked to refuse this")),
                scheduler);
    }

    private Control control(TimeTravel time) {
        FaultOrders orders = new FaultOrders(faults);
        return new Control()
                .on("GET", "faults", orders::show)
                .on("POST", "faults", orders::order)
                .on("DELETE", "faults", orders::clear)
                .on("GET", "token", new DevelopmentToken(minter))
                .on("GET", "time", time::show)
                .on("POST", "time", time::move)
                .on("POST", "seed", call -> {
                    Seed.read(call.bytes()).plantIn(service());
                    return null;
                })
                .on("POST", "act", new Person(this::user))
                .on("POST", "phone", new Phone(this::phone))
                .on("GET", "webhooks", new WebhookLog(webhooks))
                .on("DELETE", "webhooks", call -> {
                    webhooks.clearLog();
                    return null;
                });
    }

    private LocalServer serve(EmulatorOptions options, Routes routes) {
        try {
            return new LocalServer(options.address, options.port, LARGEST_BODY, routes);
        } catch (NoClassDefFoundError e) {
            stopTimers();
            throw new IllegalStateException(
                    "The emulator needs com.squareup.okhttp3:mockwebserver3 on the classpath; add it in the version of"
                            + " okhttp-jvm that is there",
                    e);
        } catch (RuntimeException e) {
            stopTimers();
            throw e;
        }
    }

    String url() {
        return url;
    }

    /** The service of the short paths. */
    ChatService service() {
        return twilio.service();
    }

    /** How fast clients may write: as fast as this emulator takes it. */
    WriteLimits writeLimits() {
        int perSecond = twilio.behaviour().actionsPerSecond();
        return perSecond == 0
                ? WriteLimits.none()
                : new WriteLimits(perSecond, perSecond, WriteLimits.documented().maxWaiting());
    }

    TokenMinter minter() {
        return minter;
    }

    Webhooks webhooks() {
        return webhooks;
    }

    Faults faults() {
        return faults;
    }

    SimulatedUser user(String identity) {
        return new SimulatedUser(stage(), identity);
    }

    /** How many Sync objects of conversations the clients of an identity follow. */
    int followed(String identity) {
        return sockets.followed(identity);
    }

    SimulatedPhone phone(String number) {
        return new SimulatedPhone(stage(), phones, number);
    }

    SimulatedPhone whatsApp(String number) {
        return SimulatedPhone.whatsApp(stage(), phones, number);
    }

    private Stage stage() {
        return new Stage(service(), sockets::typing, guests);
    }

    /** Simulated people bring this identity along to the conversations that they make. */
    void invite(String identity) {
        guests.add(identity);
    }

    @Override
    public void close() {
        webhooks.close();
        faulty.forEach(FaultyRoute::close);
        server.close();
        twilio.stopTimers();
        stopTimers();
    }

    private void stopTimers() {
        if (ownScheduler != null) {
            ownScheduler.close();
        }
    }

    private static String host(InetAddress address) {
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
