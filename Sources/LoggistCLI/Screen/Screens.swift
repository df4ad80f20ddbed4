/// Opens the screens and returns the status to leave with.
func openScreens(_ session: Session, options: ScreenOptions) throws -> Int32 {
  throw Failure("the screens are not built yet: 'loggist list' shows the board")
}
