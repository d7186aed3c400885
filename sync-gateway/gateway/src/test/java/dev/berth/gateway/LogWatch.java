package dev.berth.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What this process logs while the watch is open: a stranger's input must not fill it with alarms or stack traces. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    private final Logger gateway = (Logger) LoggerFactory.getLogger("dev.berth.gateway");
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private LogWatch() {}

    static LogWatch open() {
        LogWatch watch = new LogWatch();
        watch.setContext(watch.root.getLoggerContext());
        watch.start();
        watch.root.addAppender(watch);
        watch.gateway.setLevel(Level.INFO);
        watch.gateway.setAdditive(false);
        watch.gateway.addAppender(watch);
        return watch;
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    List<String> lines() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Errors, and whatever brings a stack trace along. */
    List<String> alarms() {
        return events.stream()
                .filter(event ->
                        event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.ERROR))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        gateway.detachAppender(this);
        gateway.setAdditive(true);
        gateway.setLevel(null);
        stop();
    }
}
