package voiptui.relay.call;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.time.NanoClock;

/**
 * What the relay's rules need from outside besides the media plane.
 *
 * @param events receives what happens
 * @param counters the relay's totals
 * @param clock measures all intervals
 * @param wallClock the times that people are shown
 * @param random the source of keys and ids; must be unpredictable
 */
public record RelayContext(
        EventBus events, Counters counters, NanoClock clock, InstantSource wallClock, RandomGenerator random) {}
