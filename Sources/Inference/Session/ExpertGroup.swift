/// The tokens that use one expert, as consecutive rows of what is sorted by expert.
struct ExpertGroup {
  let expert: Int
  let rows: Range<Int>
}
