package io.github.conversations4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.conversations4j.architecture.Code.EVERYTHING;
import static io.github.conversations4j.architecture.Code.INTERNAL;
import static io.github.conversations4j.architecture.Code.LIBRARY;
import static io.github.conversations4j.architecture.Code.LIBRARY_AND_EXAMPLES;
import static io.github.conversations4j.architecture.Code.ROOT;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Time and chance are parameters: {@code InstantSource}, {@code Scheduler} and {@code RandomGenerator} are handed in. */
class TimeAndChanceTest {
    /** The one implementation of the scheduler that lets real time pass. */
    private static final String SYSTEM_SCHEDULER = ROOT + ".internal.time.SystemScheduler";

    @Test
    void nothing_reads_the_clock() {
        noClasses()
                .should()
                .callMethodWhere(calls(System.class, "currentTimeMillis"))
                .orShould()
                .callMethodWhere(calls(System.class, "nanoTime"))
                .orShould()
                .callMethodWhere(describe("asks java.time for now", TimeAndChanceTest::asksForNow))
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .callMethodWhere(calls(Calendar.class, "getInstance"))
                .check(LIBRARY_AND_EXAMPLES);
    }

    @Test
    void nothing_sleeps_not_even_a_test() {
        noClasses()
                .should()
                .callMethodWhere(calls(Thread.class, "sleep"))
                .orShould()
                .callMethodWhere(calls(TimeUnit.class, "sleep"))
                .orShould()
                .callMethodWhere(
                        target(nameMatching("park(Nanos|Until)")).and(targetOwner(assignableTo(LockSupport.class))))
                .check(EVERYTHING);
    }

    @Test
    void only_the_system_scheduler_lets_real_time_pass() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(SYSTEM_SCHEDULER)
                .should()
                .dependOnClassesThat(assignableTo(ScheduledExecutorService.class))
                .orShould()
                .dependOnClassesThat(assignableTo(java.util.Timer.class))
                .orShould()
                .callMethodWhere(target(nameMatching("orTimeout|completeOnTimeout|delayedExecutor"))
                        .and(targetOwner(assignableTo(CompletableFuture.class))))
                .check(LIBRARY);
    }

    @Test
    void chance_is_handed_in() {
        noClasses()
                .should()
                .callMethodWhere(calls(Math.class, "random"))
                .orShould()
                .callMethodWhere(calls(ThreadLocalRandom.class, "current"))
                .orShould()
                .callMethodWhere(calls(UUID.class, "randomUUID"))
                .orShould()
                .callConstructor(Random.class)
                .check(LIBRARY);
    }

    @Test
    void our_own_insides_do_not_choose_the_clock_either() {
        noClasses()
                .that()
                .resideInAPackage(INTERNAL)
                .should()
                .callMethodWhere(target(nameMatching("system.*")).and(targetOwner(resideInAPackage("java.time.."))))
                .check(LIBRARY);
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String method) {
        return target(name(method)).and(targetOwner(assignableTo(owner)));
    }

    /** {@code now()} and {@code now(zone)}, but not {@code now(clock)}. */
    private static boolean asksForNow(JavaCall<?> call) {
        return call.getName().equals("now")
                && call.getTargetOwner().getPackageName().startsWith("java.time")
                && call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isAssignableTo(Clock.class));
    }
}
