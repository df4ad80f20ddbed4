import LoggistSync

EntryPoint.main()
