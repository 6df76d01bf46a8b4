package io.github.conversations4j.benchmark;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.User;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import com.twilio.rest.conversations.v1.service.user.UserConversation;
import io.github.conversations4j.ChatList;
import io.github.conversations4j.ChatOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Person;
import io.github.conversations4j.Profile;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.Faults;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHost;

/**
 * What a chat list costs, on an emulator that takes its time for every answer: the plain loop over twilio-java, one call after
 * the other, beside {@code chatList()}. Prints wall times and the number of calls that the emulator was asked.
 *
 * <p>Everything runs in one process and takes turns, round after round, so only ratios within one run count. Profiles come
 * from a resolver in memory; the plain loop reads users from Twilio, since it has nothing else. Arguments: rounds (7, after two
 * of warm-up), conversations (50), milliseconds of an answer (20).
 */
public final class ChatListBenchmark {
    private static final int WARM_UP = 2;

    private final ConversationsEmulator twilio;
    private final int conversations;
    private final Faults faults;
    private final TwilioRestClient plain;
    private final Map<String, List<Double>> seconds = new HashMap<>();
    private final Map<String, Long> calls = new HashMap<>();

    private ChatListBenchmark(ConversationsEmulator twilio, int conversations, Duration answer) {
        this.twilio = twilio;
        this.conversations = conversations;
        this.plain = twilioJava(twilio);
        for (int i = 0; i < conversations; i++) {
            twilio.user("alice").in("chat-" + i).joins();
            twilio.user("friend-" + i).isCalled("Friend " + i).in("chat-" + i).says("message " + i);
        }
        this.faults = twilio.faults().rest().slow(answer);
    }

    /**
     * Runs it.
     *
     * @param args see above
     * @throws Exception if something does not answer
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        int conversations = args.length > 1 ? Integer.parseInt(args[1]) : 50;
        Duration answer = Duration.ofMillis(args.length > 2 ? Long.parseLong(args[2]) : 20);
        System.out.printf(
                "JDK %s, %d processors, %d conversations, %d ms for an answer%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), conversations, answer.toMillis());
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            ChatListBenchmark benchmark = new ChatListBenchmark(twilio, conversations, answer);
            for (int round = -WARM_UP; round < rounds; round++) {
                if (round == 0) {
                    benchmark.seconds.clear();
                }
                benchmark.round();
            }
            benchmark.summary();
        }
    }

    private void round() throws Exception {
        measure("plain loop with twilio-java", () -> plainLoop(plain));
        try (ConversationsClient client = client(ChatOptions.builder())) {
            Person alice = client.as("alice");
            measure("chatList(), nothing known", () -> rows(alice.chatList().await()));
            measure("chatList(), people known", () -> rows(alice.chatList().await()));
        }
        try (ConversationsClient client = client(ChatOptions.builder().cacheMessages(20, 10_000_000))) {
            Person alice = client.as("alice");
            alice.chatList().await();
            measure("chatList(), messages kept", () -> rows(alice.chatList().await()));
        }
    }

    private ConversationsClient client(ChatOptions.Builder options) {
        ConversationsClient client = ConversationsClient.start(twilio.backendOptions()
                .chats(options.profiles(ChatListBenchmark::profiles).build())
                .build());
        client.ready().await();
        return client;
    }

    private static Map<String, Profile> profiles(Set<String> ids) {
        Map<String, Profile> profiles = new HashMap<>();
        ids.forEach(id -> profiles.put(id, new Profile(id.toUpperCase(Locale.ROOT), null)));
        return profiles;
    }

    private static int rows(ChatList list) {
        return list.rows().size();
    }

    /** What somebody writes with twilio-java and nothing else. */
    private int plainLoop(TwilioRestClient client) {
        List<String> rows = new ArrayList<>();
        String service = twilio.serviceSid();
        for (UserConversation chat : UserConversation.reader(service, "alice").read(client)) {
            String sid = chat.getConversationSid();
            String last = "";
            for (Message message : Message.reader(service, sid)
                    .setOrder(Message.OrderType.DESC)
                    .limit(1)
                    .read(client)) {
                last = message.getBody();
            }
            for (Participant participant : Participant.reader(service, sid).read(client)) {
                if (!"alice".equals(participant.getIdentity())) {
                    User other =
                            User.fetcher(service, participant.getIdentity()).fetch(client);
                    rows.add(other.getFriendlyName() + ": " + last);
                }
            }
        }
        return rows.size();
    }

    private void measure(String what, Callable<Integer> list) throws Exception {
        long before = asked();
        long start = System.nanoTime();
        int rows = list.call();
        double took = (System.nanoTime() - start) / 1e9;
        if (rows != conversations) {
            throw new IllegalStateException(what + ": " + rows + " rows instead of " + conversations);
        }
        seconds.computeIfAbsent(what, any -> new ArrayList<>()).add(took);
        calls.put(what, asked() - before);
    }

    private long asked() {
        return faults.reports().get(0).met();
    }

    private void summary() {
        double floor = median("plain loop with twilio-java");
        for (String what : List.of(
                "plain loop with twilio-java",
                "chatList(), nothing known",
                "chatList(), people known",
                "chatList(), messages kept")) {
            double[] sorted = sorted(what);
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %4d calls  %.3f / %.3f / %.3f s (min / median / max)  1/%.1f of the plain loop%n",
                    what,
                    calls.get(what),
                    sorted[0],
                    median(what),
                    sorted[sorted.length - 1],
                    floor / median(what));
        }
    }

    private double median(String what) {
        double[] sorted = sorted(what);
        return sorted[sorted.length / 2];
    }

    private double[] sorted(String what) {
        double[] all =
                seconds.get(what).stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(all);
        return all;
    }

    /** twilio-java with its own HTTP client, which goes to the emulator for every host. */
    private static TwilioRestClient twilioJava(ConversationsEmulator twilio) {
        URI server = URI.create(twilio.url());
        HttpRoute route = new HttpRoute(new HttpHost(server.getScheme(), server.getHost(), server.getPort()));
        return new TwilioRestClient.Builder(twilio.accountSid(), twilio.authToken())
                .httpClient(
                        new NetworkHttpClient(HttpClientBuilder.create().setRoutePlanner((target, context) -> route)))
                .build();
    }
}
