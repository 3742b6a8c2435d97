package voiptui.tui.top;

import com.googlecode.lanterna.input.KeyStroke;
import java.time.ZoneId;
import voiptui.event.Counter;
import voiptui.event.Event;
import voiptui.event.RelayEvent;
import voiptui.tui.Canvas;
import voiptui.tui.Next;
import voiptui.tui.Program;

/**
 * A relay's own screen, as a {@link voiptui.tui.ScreenLoop} runs it. Asks for {@link voiptui.event.Command.HangUp} when
 * the relay should stop, and is over with {@link RelayEvent.Stopped}.
 */
public final class TopScreen implements Program<TopModel> {

    private final TopView view;

    /** A screen that shows times of day in this zone. */
    public TopScreen(ZoneId zone) {
        this.view = new TopView(zone);
    }

    /**
     * What is shown first, of a relay that listens.
     *
     * @param nowMs milliseconds since 1970
     */
    public static TopModel first(RelayEvent.Started started, long nowMs) {
        return TopUpdate.onEvent(TopModel.INITIAL, started, nowMs);
    }

    /** What a relay did in its life, in one line that may stay behind when the screen is gone. */
    public static String farewell(RelayEvent.Stopped stopped) {
        long dropped = TopView.DROPS.keySet().stream().mapToLong(cause -> total(stopped, cause)).sum();
        return "relay stopped after " + TopWords.duration(stopped.uptimeMs()) + ": "
                + TopWords.count(total(stopped, Counter.FORWARDED)) + " datagrams passed on ("
                + TopWords.bytes(total(stopped, Counter.FORWARDED_BYTES)) + "), " + TopWords.count(dropped)
                + " dropped, " + TopWords.count(total(stopped, Counter.REGISTRATIONS)) + " registrations";
    }

    private static long total(RelayEvent.Stopped stopped, Counter counter) {
        return stopped.counters().getOrDefault(counter, 0L);
    }

    @Override
    public Next<TopModel> onEvent(TopModel model, Event event, long nowMs) {
        return Next.show(TopUpdate.onEvent(model, event, nowMs));
    }

    @Override
    public Next<TopModel> onKey(TopModel model, KeyStroke key, long nowMs) {
        return TopUpdate.onKey(model, key);
    }

    @Override
    public TopModel onTick(TopModel model, long nowMs) {
        return model;
    }

    @Override
    public Next<TopModel> onTerminalGone(TopModel model) {
        return TopUpdate.stop(model);
    }

    @Override
    public boolean isOver(TopModel model) {
        return model.stopped() != null;
    }

    @Override
    public void draw(TopModel model, Canvas canvas) {
        view.draw(model, canvas);
    }
}
