/** Opens, supervises, replaces and lists the devices of a call. */
package voiptui.media.device;
