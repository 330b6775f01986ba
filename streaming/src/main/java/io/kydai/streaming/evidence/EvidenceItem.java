package io.kydai.streaming.evidence;

/**
 * One file of evidence.
 *
 * @param name file name without a path, such as {@code snapshot.jpg} or {@code clip.mp4}
 * @param mediaType such as {@code image/jpeg}
 * @param size in bytes
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 */
public record EvidenceItem(String name, String mediaType, long size, String sha256) {}
