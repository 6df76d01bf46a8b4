package io.github.conversations4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static io.github.conversations4j.architecture.Code.LIBRARY;
import static io.github.conversations4j.architecture.Code.LIBRARY_AND_EXAMPLES;
import static io.github.conversations4j.architecture.Code.ROOT;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** A process may hold several clients, and none of them may leave a mark on it. */
class GlobalsTest {
    /** The one reference that the global context is. */
    private static final String CONTEXT = ROOT + ".ConversationsContext";

    private static final Set<String> READS_ENVIRONMENT = Set.of("getenv", "getProperty", "getProperties");

    /** Final or not: what these hold changes. */
    private static final List<Class<?>> HOLDERS_OF_STATE = List.of(
            Executor.class,
            Thread.class,
            ThreadLocal.class,
            java.util.Timer.class,
            java.util.concurrent.ConcurrentMap.class,
            java.util.concurrent.BlockingQueue.class,
            java.util.concurrent.ConcurrentLinkedQueue.class,
            java.util.concurrent.CopyOnWriteArrayList.class,
            java.util.concurrent.locks.Lock.class,
            java.util.concurrent.Semaphore.class,
            java.util.concurrent.atomic.AtomicBoolean.class,
            java.util.concurrent.atomic.AtomicInteger.class,
            java.util.concurrent.atomic.AtomicLong.class,
            java.util.concurrent.atomic.AtomicReference.class,
            java.util.concurrent.atomic.LongAdder.class);

    @Test
    void static_fields_are_final() {
        fields().that(areStatic()).should(beFinal()).check(LIBRARY_AND_EXAMPLES);
    }

    @Test
    void static_fields_hold_no_state() {
        noFields()
                .that(areStatic())
                .and()
                .areNotDeclaredIn(CONTEXT)
                .should()
                .haveRawType(describe(
                        "a holder of state", type -> HOLDERS_OF_STATE.stream().anyMatch(type::isAssignableTo)))
                .check(LIBRARY_AND_EXAMPLES);
    }

    @Test
    void only_programs_touch_the_process() {
        noClasses()
                .that(not(Code.mains()))
                .should()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .orShould()
                .callMethod(Thread.class, "setDefaultUncaughtExceptionHandler", Thread.UncaughtExceptionHandler.class)
                .check(LIBRARY_AND_EXAMPLES);
    }

    @Test
    void only_programs_print() {
        noClasses()
                .that(not(Code.mains()))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(LIBRARY);
    }

    @Test
    void nothing_reads_the_environment_while_a_class_loads() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "reads the environment in a static initialiser",
                        call -> call.getOrigin() instanceof JavaStaticInitializer
                                && call.getTargetOwner().isEquivalentTo(System.class)
                                && READS_ENVIRONMENT.contains(call.getName())))
                .check(LIBRARY_AND_EXAMPLES);
    }

    @Test
    void nothing_runs_on_the_pool_of_everybody() {
        noClasses()
                .should()
                .callMethod(ForkJoinPool.class, "commonPool")
                .orShould()
                .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
                .orShould()
                .callMethod(CompletableFuture.class, "supplyAsync", java.util.function.Supplier.class)
                .check(LIBRARY);
    }

    private static DescribedPredicate<JavaField> areStatic() {
        return describe(
                "are static",
                field -> field.getModifiers().contains(STATIC)
                        && !field.getModifiers().contains(SYNTHETIC));
    }
}
