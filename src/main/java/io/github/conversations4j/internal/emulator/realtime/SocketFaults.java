package io.github.conversations4j.internal.emulator.realtime;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What goes wrong at the socket because somebody asked for it. Thread-safe. */
public final class SocketFaults {
    private final RandomGenerator random;
    private final Queue<Sockets.Refusal> initRefusals = new ConcurrentLinkedQueue<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile double failing;
    private volatile int failure = 503;
    private volatile double losing;
    private volatile double losingAnswers;

    SocketFaults(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Refuses the next sockets.
     *
     * @param sockets how many
     * @param status the status of the answer to {@code init}, such as 401 or 429
     * @param code Twilio's code, such as 20101 or 51202
     */
    public void refuseInit(int sockets, int status, int code) {
        for (int i = 0; i < sockets; i++) {
            initRefusals.add(new Sockets.Refusal(status, code));
        }
    }

    /**
     * Delays every answer to a request.
     *
     * @param by how long; zero for not at all
     */
    public void delayAnswers(Duration by) {
        delay = by;
    }

    /**
     * Lets some requests fail after they were carried out.
     *
     * @param share how many, 0 to 1
     * @param status what they are answered with, such as 429 or 503
     */
    public void failAnswers(double share, int status) {
        failing = share;
        failure = status;
    }

    /**
     * Cuts the connection instead of carrying out some requests.
     *
     * @param share how many, 0 to 1
     */
    public void cutBefore(double share) {
        losing = share;
    }

    /**
     * Cuts the connection instead of answering some requests that were carried out.
     *
     * @param share how many, 0 to 1
     */
    public void cutAfter(double share) {
        losingAnswers = share;
    }

    Sockets.@Nullable Refusal takeInitRefusal() {
        return initRefusals.poll();
    }

    Duration delay() {
        return delay;
    }

    boolean loses() {
        return losing > 0 && random.nextDouble() < losing;
    }

    boolean losesAnswer() {
        return losingAnswers > 0 && random.nextDouble() < losingAnswers;
    }

    TunnelAnswer instead(TunnelAnswer answer) {
        if (failing > 0 && random.nextDouble() < failing) {
            int status = failure;
            return new TunnelAnswer(
                    status,
                    SyncShapes.object()
                            .put("status", status)
                            .put("code", status == 429 ? 20_429 : 20_500)
                            .put("message", "failed on request"));
        }
        return answer;
    }
}
