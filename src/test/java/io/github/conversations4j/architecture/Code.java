package io.github.conversations4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import java.util.Optional;

/** Our classes as ArchUnit sees them, read once, and the words that the rules share. */
final class Code {
    static final String ROOT = "io.github.conversations4j";
    static final String EMULATOR = ROOT + ".emulator..";
    static final String EMULATOR_ROOMS = ROOT + ".internal.emulator..";
    static final String EXAMPLES = ROOT + ".examples..";
    static final String INTERNAL = ROOT + ".internal..";
    static final String TESTING = ROOT + ".testing..";

    /** Library, examples and tests. */
    static final JavaClasses EVERYTHING = new ClassFileImporter().importPackages(ROOT);

    /** What is compiled into {@code target/classes}, or built into the jar from there. */
    static final JavaClasses LIBRARY_AND_EXAMPLES = EVERYTHING.that(describe("are no tests", Code::isNoTest));

    /** What is in the jar. */
    static final JavaClasses LIBRARY = LIBRARY_AND_EXAMPLES.that(not(resideInAPackage(EXAMPLES)));

    private Code() {}

    /** A program of its own, which may do to its process what a library may not. */
    static DescribedPredicate<JavaClass> mains() {
        return describe(
                "*Main", javaClass -> outermost(javaClass).getSimpleName().endsWith("Main"));
    }

    /** Whether users can name it: it and everything around it is public or protected, in a package of the API. */
    static boolean isExported(JavaClass javaClass) {
        return !resideInAPackage(INTERNAL).test(javaClass)
                && isVisible(javaClass)
                && javaClass.getEnclosingClass().map(Code::isExported).orElse(true);
    }

    private static boolean isVisible(JavaClass javaClass) {
        return javaClass.getModifiers().contains(JavaModifier.PUBLIC)
                || javaClass.getModifiers().contains(JavaModifier.PROTECTED);
    }

    static JavaClass outermost(JavaClass javaClass) {
        Optional<JavaClass> enclosing = javaClass.getEnclosingClass();
        return enclosing.map(Code::outermost).orElse(javaClass);
    }

    private static boolean isNoTest(JavaClass javaClass) {
        Location location = Location.of(javaClass.getSource().orElseThrow().getUri());
        return new DoNotIncludeTests().includes(location);
    }
}
