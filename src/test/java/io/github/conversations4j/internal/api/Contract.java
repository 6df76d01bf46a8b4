package io.github.conversations4j.internal.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/**
 * What both implementations of one part of {@link ConversationsApi} owe their callers. A test holds for both sides; where
 * one side can not do a thing, {@link #backendOnly} holds it to saying so and naming the other.
 */
abstract class Contract {
    /** Well-formed, and nowhere. */
    static final String NOWHERE = "0".repeat(32);

    final Side side;
    final ConversationsApi api;
    private final Class<?> room;
    private int mutations;

    Contract(Side side, Class<?> room) {
        this.side = requireNonNull(side, "side: must be open");
        this.api = side.api;
        this.room = room;
    }

    @BeforeEach
    void forgetCalls() {
        side.called.clear();
    }

    @AfterEach
    void callsWhatItCovers(TestInfo test) {
        Covers covers = test.getTestMethod().orElseThrow().getAnnotation(Covers.class);
        assertThat(covers).as("every contract test says what it covers").isNotNull();
        assertThat(side.called.stream()
                        .filter(method -> method.getDeclaringClass() == room)
                        .map(Method::getName))
                .contains(covers.value());
    }

    /** A conversation that alice has made and joined, with more people. */
    String conversation(String... others) {
        String sid = answer(api.conversations()
                        .create(NewConversation.builder().friendlyName("a chat").build()))
                .sid();
        answer(side.mine().join(sid));
        for (String other : others) {
            answer(side.account.participants().add(sid, NewParticipant.chat(other)));
        }
        return sid;
    }

    /** Somebody at a telephone is added to a conversation. */
    String telephone(String conversationSid, String number) {
        return answer(side.account.participants().add(conversationSid, NewParticipant.address(number, "+15550100")))
                .sid();
    }

    List<String> say(String conversationSid, int messages) {
        List<String> sids = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            sids.add(answer(send(conversationSid, NewMessage.text("message " + i)))
                    .sid());
        }
        return sids;
    }

    /** Sends a message under a mutation id of its own. */
    CompletionStage<Message> send(String conversationSid, NewMessage message) {
        return api.messages().send(conversationSid, message, "mutation-" + conversationSid + mutations++);
    }

    static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConversationsException known) {
                throw known;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Holds a call to failing with one type of exception that names something. */
    static <X extends Throwable> X refusal(Class<X> type, String named, Supplier<? extends CompletionStage<?>> call) {
        Throwable failure = catchThrowable(() -> answer(call.get()));
        assertThat(failure).isInstanceOf(type).hasMessageContaining(named);
        return type.cast(failure);
    }

    /**
     * Makes a call that only a backend can make. On a participant's side it is held to failing with an error that names the
     * other side.
     *
     * @return the answer; empty on a participant's side
     */
    <T> Optional<T> backendOnly(Supplier<? extends CompletionStage<T>> call) {
        if (side.backend) {
            return Optional.of(answer(call.get()));
        }
        refusal(UnsupportedByClientException.class, "backend", call);
        return Optional.empty();
    }

    /** All items of a list, page by page, and holds every page but the last to being full. */
    static <T> List<T> all(int pageSize, Function<PageRequest, ? extends CompletionStage<Slice<T>>> list) {
        List<T> items = new ArrayList<>();
        PageRequest page = PageRequest.first(pageSize);
        for (int pages = 0; pages < 100; pages++) {
            Slice<T> slice = answer(list.apply(page));
            items.addAll(slice.items());
            String next = slice.next();
            if (next == null) {
                return items;
            }
            assertThat(slice.items()).as("a page that is not the last").hasSize(pageSize);
            page = page.after(next);
        }
        throw new AssertionError("the list does not end");
    }
}
