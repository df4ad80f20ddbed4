/// Where frames are shown: a real terminal, or one that only remembers.
package protocol Terminal: AnyObject {
  var size: Size { get }
  func present(_ frame: Frame)
}
