package voiptui.phone;

import voiptui.call.CallOptions;
import voiptui.media.MediaConfig;

/**
 * What a phone needs to know before it starts, besides its line.
 *
 * @param answers whether calls may come in
 * @param autoAnswer whether each is taken at once
 * @param target whom to call at the start, a name or an address; {@code null} for nobody. A phone that calls somebody at the
 *     start is off when that call is over
 * @param dialog how its calls are made
 * @param sound how they sound
 */
public record PhoneConfig(boolean answers, boolean autoAnswer, String target, CallOptions dialog, MediaConfig sound) {}
