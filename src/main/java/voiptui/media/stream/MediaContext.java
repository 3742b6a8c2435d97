package voiptui.media.stream;

import voiptui.audio.PcmFormat;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.time.NanoClock;

/**
 * What the pipelines of one media session share.
 *
 * @param format the sample format of the devices
 * @param bus receives levels, reports and recordings
 * @param counters the counters of the call
 * @param signals tells the call thread what the network and playout threads saw
 * @param clock paces and measures
 */
public record MediaContext(PcmFormat format, EventBus bus, Counters counters, MediaSignals signals, NanoClock clock) {}
