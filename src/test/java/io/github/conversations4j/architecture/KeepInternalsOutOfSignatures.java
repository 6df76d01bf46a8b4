package io.github.conversations4j.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/**
 * Whatever a user's compiler can see of a class: super types, type parameters, and the fields, parameters, results and
 * exceptions of what is public or protected, with everything that their generics name.
 */
final class KeepInternalsOutOfSignatures extends ArchCondition<JavaClass> {
    private final DescribedPredicate<JavaClass> internal;

    KeepInternalsOutOfSignatures(String internalPackages) {
        super("keep " + internalPackages + " out of their signatures");
        this.internal = JavaClass.Predicates.resideInAPackage(internalPackages);
    }

    @Override
    public void check(JavaClass javaClass, ConditionEvents events) {
        Stream<JavaType> above = Stream.concat(javaClass.getSuperclass().stream(), javaClass.getInterfaces().stream());
        refuse(javaClass.getDescription(), Stream.concat(above, javaClass.getTypeParameters().stream()), events);
        for (JavaMember member : javaClass.getMembers()) {
            if (isVisible(member)) {
                refuse(member.getDescription(), typesOf(member), events);
            }
        }
    }

    private static boolean isVisible(JavaMember member) {
        return !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        if (member instanceof JavaCodeUnit code) {
            return Stream.of(
                            Stream.of(code.getReturnType()),
                            code.getParameterTypes().stream(),
                            code.getTypeParameters().stream(),
                            code.getExceptionTypes().stream())
                    .flatMap(types -> types);
        }
        return Stream.empty();
    }

    private void refuse(String where, Stream<? extends JavaType> types, ConditionEvents events) {
        types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .filter(internal)
                .distinct()
                .forEach(type -> events.add(SimpleConditionEvent.violated(type, where + " shows " + type.getName())));
    }
}
