/**
 * A model of a bad network: decides for each packet whether it is lost and when it arrives.
 *
 * <p>Pure and seeded. Time is an argument, so the same model serves a call in real time and a simulation. Imports no
 * other package.
 */
@NullMarked
package voiptui.demo.network;

import org.jspecify.annotations.NullMarked;
