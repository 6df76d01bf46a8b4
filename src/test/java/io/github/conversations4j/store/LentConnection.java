package io.github.conversations4j.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** One connection that is lent again and again, as a pool does, and counted. */
final class LentConnection {
    private final Connection connection;
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger takenBack = new AtomicInteger();

    LentConnection(Connection connection) {
        this.connection = connection;
    }

    int given() {
        return given.get();
    }

    int takenBack() {
        return takenBack.get();
    }

    DataSource source() {
        return (DataSource)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (p, m, args) -> {
                    given.incrementAndGet();
                    return lent();
                });
    }

    private Connection lent() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        takenBack.incrementAndGet();
                        return null;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
