package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of the interface behind all commands has a contract test, and both sides run all of them. */
class ContractCoverageTest {
    static Stream<Class<?>> rooms() {
        return Arrays.stream(ConversationsApi.class.getMethods()).<Class<?>>map(Method::getReturnType);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void every_method_has_a_contract_test(Class<?> room) throws ClassNotFoundException {
        Class<?> contract = Class.forName(getClass().getPackageName() + '.' + room.getSimpleName() + "Contract");
        Set<String> covered = Arrays.stream(contract.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Covers.class))
                .flatMap(method ->
                        Arrays.stream(method.getAnnotation(Covers.class).value()))
                .collect(Collectors.toSet());

        assertThat(covered)
                .as("methods that " + contract.getSimpleName() + " covers")
                .isEqualTo(Arrays.stream(room.getMethods()).map(Method::getName).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void both_sides_run_it(Class<?> room) {
        String contract = room.getSimpleName() + "Contract";
        for (Class<?> side : Set.of(RestContractTest.class, TunnelContractTest.class)) {
            assertThat(Arrays.stream(side.getDeclaredClasses())
                            .filter(nested -> nested.isAnnotationPresent(Nested.class))
                            .map(nested -> nested.getSuperclass().getSimpleName()))
                    .as("contracts that " + side.getSimpleName() + " runs")
                    .contains(contract);
        }
    }
}
