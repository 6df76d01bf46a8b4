package io.github.conversations4j.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.github.conversations4j.architecture.Code.EMULATOR;
import static io.github.conversations4j.architecture.Code.EMULATOR_ROOMS;
import static io.github.conversations4j.architecture.Code.EXAMPLES;
import static io.github.conversations4j.architecture.Code.INTERNAL;
import static io.github.conversations4j.architecture.Code.LIBRARY;
import static io.github.conversations4j.architecture.Code.LIBRARY_AND_EXAMPLES;
import static io.github.conversations4j.architecture.Code.ROOT;
import static io.github.conversations4j.architecture.Code.TESTING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which room may look into which. */
class PackagesTest {
    @Test
    void no_class_depends_on_itself_by_way_of_another_package() {
        classes().should(new BeInNoCycleOfPackages(LIBRARY)).check(LIBRARY);
    }

    @Test
    void public_packages_have_no_cycles() {
        slices().matching(ROOT + ".(*)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void models_see_nobody_above_them() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".model")
                .should()
                .dependOnClassesThat(areOursOutsideOf(ROOT + ".model", ROOT + ".error"))
                .check(LIBRARY);
    }

    @Test
    void events_see_models_and_nobody_above_them() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".event")
                .should()
                .dependOnClassesThat(areOursOutsideOf(ROOT + ".event", ROOT + ".model", ROOT + ".error"))
                .check(LIBRARY);
    }

    @Test
    void only_test_support_sees_the_emulator() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EMULATOR, EMULATOR_ROOMS, TESTING, EXAMPLES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EMULATOR, EMULATOR_ROOMS)
                .check(LIBRARY_AND_EXAMPLES);
    }

    @Test
    void the_core_runs_without_its_optional_dependencies() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EMULATOR, EMULATOR_ROOMS, TESTING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("mockwebserver3..", "org.junit..")
                .check(LIBRARY);
    }

    @Test
    void nothing_is_built_on_internals_of_others() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3.internal..", "mockwebserver3.internal..", "sun..", "jdk.internal..")
                .check(LIBRARY_AND_EXAMPLES);
    }

    @Test
    void what_is_public_for_our_own_packages_appears_in_no_signature_of_the_api() {
        classes()
                .that(DescribedPredicate.describe("users can name", Code::isExported))
                .should(new KeepInternalsOutOfSignatures(INTERNAL))
                .check(LIBRARY);
    }

    @Test
    void every_package_says_what_null_means() {
        classes().should(beInANullMarkedPackage()).check(LIBRARY_AND_EXAMPLES);
    }

    @Test
    void names_say_what_a_thing_is() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(LIBRARY_AND_EXAMPLES);
    }

    private static DescribedPredicate<JavaClass> areOursOutsideOf(String... packages) {
        return JavaClass.Predicates.resideInAPackage(ROOT + "..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages));
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                boolean marked = javaClass.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        javaClass, marked, javaClass.getName() + " is in a package without @NullMarked"));
            }
        };
    }
}
