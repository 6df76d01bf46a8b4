package io.github.conversations4j.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A package of the API holds contracts, which lie below our internals, beside factories, which lie above them
 * ({@code EventSource} and {@code EventSources}). So an internal package counts as one, the classes of an API package
 * count singly, and no way of dependencies that leaves a package may come back to where it started.
 */
final class BeInNoCycleOfPackages extends ArchCondition<JavaClass> {
    private final Map<String, Set<String>> uses = new HashMap<>();
    private final Map<String, String> packageOf = new HashMap<>();

    BeInNoCycleOfPackages(JavaClasses all) {
        super("be in no cycle of packages");
        for (JavaClass javaClass : all) {
            packageOf.put(unit(javaClass), javaClass.getPackageName());
            Set<String> used = uses.computeIfAbsent(unit(javaClass), unit -> new TreeSet<>());
            javaClass.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(Code.ROOT))
                    .map(BeInNoCycleOfPackages::unit)
                    .filter(target -> !target.equals(unit(javaClass)))
                    .forEach(used::add);
        }
    }

    @Override
    public void check(JavaClass javaClass, ConditionEvents events) {
        String start = unit(javaClass);
        Set<String> cycle = reachableFrom(start).stream()
                .filter(other -> reachableFrom(other).contains(start))
                .collect(Collectors.toCollection(TreeSet::new));
        if (cycle.stream().map(packageOf::get).distinct().count() > 1) {
            events.add(SimpleConditionEvent.violated(
                    javaClass,
                    start + " uses " + intersection(uses.getOrDefault(start, Set.of()), cycle)
                            + ", which come back to it"));
        }
    }

    private Set<String> reachableFrom(String start) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> toVisit = new ArrayDeque<>(uses.getOrDefault(start, Set.of()));
        while (!toVisit.isEmpty()) {
            String next = toVisit.pop();
            if (reached.add(next)) {
                toVisit.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }

    private static String unit(JavaClass javaClass) {
        boolean internal = JavaClass.Predicates.resideInAPackage(Code.INTERNAL).test(javaClass);
        return internal ? javaClass.getPackageName() : Code.outermost(javaClass).getName();
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        return both;
    }
}
