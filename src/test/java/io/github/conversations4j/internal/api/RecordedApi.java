package io.github.conversations4j.internal.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** The real interface, with a note of every method that is called. Thread-safe if the set is. */
final class RecordedApi {
    private RecordedApi() {}

    static ConversationsApi of(ConversationsApi api, Set<Method> called) {
        return recorded(ConversationsApi.class, api, called);
    }

    private static <T> T recorded(Class<T> type, T target, Set<Method> called) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    called.add(method);
                    try {
                        Object answer = method.invoke(target, arguments);
                        return method.getReturnType().getEnclosingClass() == ConversationsApi.class
                                ? room(method.getReturnType(), answer, called)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static <T> T room(Class<T> type, Object target, Set<Method> called) {
        return recorded(type, type.cast(target), called);
    }
}
