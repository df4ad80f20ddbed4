import LoggistCLI

EntryPoint.main()
