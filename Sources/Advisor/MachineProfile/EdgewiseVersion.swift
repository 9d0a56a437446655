/// The version of Edgewise, which measurements are tied to.
package enum EdgewiseVersion {
  package static let text = "0.1.0"
}
