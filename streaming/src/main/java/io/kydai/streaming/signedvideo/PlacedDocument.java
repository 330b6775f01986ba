package io.kydai.streaming.signedvideo;

/**
 * A signing document in its file.
 *
 * @param nal the number of its NAL unit, from 0
 * @param seconds of the picture it stands before
 * @param position how many signed NAL units stand before it, which are all that it can be about
 * @param document what it says
 */
record PlacedDocument(int nal, double seconds, int position, SigningDocument document) {
  SigningDocument.Group group() {
    SigningDocument.Group group = document.group();
    if (group == null) {
      throw new IllegalStateException("a document of certificates is about no pictures");
    }
    return group;
  }

  /**
   * Returns it where it is about one NAL unit more, if there is one: in the first version of Axis'
   * format the first of the next group ends a group, and stands behind its document.
   *
   * @param units how many signed NAL units there are
   */
  PlacedDocument closing(int units) {
    return new PlacedDocument(nal, seconds, Math.min(position + 1, units), document);
  }
}
